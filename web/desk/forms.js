import { element } from "./element.js";

const DISPOSITIONS = [
  ["resolved", "Resolved"],
  ["follow-up", "Needs a follow-up"],
  ["transferred", "Passed to another team"],
  ["handed-back", "Handed back to the assistant"],
  ["wrong-team", "Wrong team"],
  ["caller-left", "The caller left"],
  ["not-reached", "Not reached"],
];

const field = (label, control) => element("label", {}, label, control);
const check = (name, label, checked) =>
  element("label", { class: "check" }, element("input", { type: "checkbox", name, checked }), label);

const asking = (title, ...content) => element("details", { class: "ask" }, element("summary", {}, title), ...content);

/** What an agent can do with the caller. `send` gets a frame's fields. */
export function callActions(send) {
  return [
    element(
      "div",
      { class: "actions" },
      element("button", { type: "button", class: "danger", onclick: () => send({ type: "end" }) }, "End call"),
    ),
    asking(
      "Hand back to the assistant",
      form(
        "Hand back",
        [field("What should the assistant do?", element("textarea", { name: "instruction", maxlength: 2000 }))],
        ({ instruction }) => send({ type: "hand-back", instruction }),
      ),
    ),
    asking(
      "Pass on to another team",
      form(
        "Ask a colleague",
        [
          field("Team", element("input", { name: "queue", required: true, spellcheck: "false" })),
          field("What should they know?", element("textarea", { name: "note", maxlength: 4000 })),
        ],
        ({ queue, note }) => send({ type: "transfer", queue, note }),
      ),
    ),
  ];
}

export function wrapUpForm(send, reason) {
  const view = form(
    "Finish",
    [
      field(
        "How did it end?",
        element(
          "select",
          { name: "disposition", required: true },
          DISPOSITIONS.map(([value, label]) => element("option", { value, selected: value === reason }, label)),
        ),
      ),
      check("resolved", "The caller's matter is settled", reason === undefined),
      check("callerRepeated", "The caller had to repeat what they had said before", false),
      field("Notes", element("textarea", { name: "notes", maxlength: 10000 })),
    ],
    ({ disposition, resolved, callerRepeated, notes }) =>
      send({
        type: "wrap-up",
        disposition,
        resolved: resolved === "on",
        callerRepeated: callerRepeated === "on",
        notes,
      }),
  );
  const { disposition, resolved } = view.elements;
  // A call that needs a follow-up is not settled; whoever knows better still ticks the box.
  disposition.addEventListener("change", () => {
    resolved.checked = disposition.value === "resolved";
  });
  view.prepend(element("h1", {}, "Closing work"));
  view.classList.add("sheet");
  return view;
}

function form(button, fields, submit) {
  return element(
    "form",
    {
      onsubmit: (event) => {
        event.preventDefault();
        submit(Object.fromEntries(new FormData(event.currentTarget)));
      },
    },
    fields,
    element("div", { class: "actions" }, element("button", { type: "submit", class: "primary" }, button)),
  );
}
