import { oneClause, oneOf } from "../clauses/clauses.ts";
import { type RequestRules } from "./request-rules.ts";

const PERSON =
  "(?:czlowiek(?:iem|a|owi)?|ludz(?:mi|i|ie|ki\\w*)|osob[aey]|osoba|konsultant(?:em|a|ka|ka|k[aie]|owi)?|konsultantka|konsultantke|pracowni(?:k|kiem|ka|kowi|ca|czka|czke)|doradc[aey]|doradca|agent(?:em|a|ka)?|kierowni(?:k|kiem|ka|kowi)|przelozon(?:y|ym|ego)|operator(?:em|a|ka)?|przedstawiciel(?:em|a)?|specjalist[aey]|obslug[aeio](?: klienta)?|biur(?:o|em|a) obslugi(?: klienta)?|dzial(?:em|u)? (?:obslugi|pomocy|reklamacji)(?: klienta)?|infolini[aei]|kims|kogos|kim|kimkolwiek|kogokolwiek|menedzer(?:em|a)?|szef(?:em|a)?|kto)";
const MACHINE =
  "(?:bot(?:em|a|ami|y|ow)?|robot(?:em|a|ami|y)?|maszyn(?:a|y|e|ami)|automat(?:em|u|ami)?|komputer(?:em|a)?|toba|programem|sztuczna inteligencja)";
const ADJ = "(?:zywy\\w*|prawdziwy\\w*|normaln\\w+|inn\\w+|jakims|jakiegos|realn\\w+|waszym|jakas|druga|jakimkolwiek)";

export const polish: RequestRules = {
  hint: oneOf(
    /czlowiek|ludz|osob|konsult|pracowni|doradc|agent|kierowni|przeloz|operator|przedstaw|specjal|obslug|biuro|dzial|infolin|kims|kogos|kim|kto|menedzer|szef|bot|maszyn|automat|komputer|toba|polacz|przelacz|prawdziw/,
  ),
  person: oneClause(`(?<![a-z])${PERSON}(?![a-z])`),
  aside: oneClause(
    `\\b(?:czy )?(?:jestes|jest pan|jest pani|rozmawiam|to jest|jestescie)(?: (?:z|ze|tu|teraz))*(?: ${ADJ})*(?: (?:${PERSON}|${MACHINE}))(?: czy .{0,30})?`,
    `\\bnie (?:chce|potrzebuje|musze|trzeba)(?: \\w+){0,3}? (?:z )?(?:konsultant\\w*|czlowiek\\w*|pracowni\\w*|nikim|nikogo|agent\\w*)`,
    `\\b(?:rozmawialem|rozmawialam|dzwonilem|dzwonilam|kontaktowalem|kontaktowalam|rozmawialismy)(?: \\w+){0,4} ${PERSON}`,
    `\\b(?:konsultant|konsultantka|pracownik|agent|doradca|ktos)(?: \\w+){0,2} (?:powiedzial|powiedziala|mowil|mowila|rozlaczyl|rozlaczyla|byl|byla|obiecal)`,
    "\\b(?:moj|moja|moim|mojego) (?:szef|kierownik|doradca|agent|przelozony)\\w*",
  ),
  ask: oneClause(
    `\\b(?:porozmawiac|rozmawiac|rozmowa|rozmowe|pogadac|pomowic|mowic|kontakt|skontaktowac(?: sie)?|skontaktuj(?: mnie)?|czatowac|rozmowy|gadac|polaczenie)(?: (?:sie|prosze|teraz|bezposrednio|tylko))*(?: (?:z|ze))+ (?:${ADJ} )*${PERSON}`,
    `\\b(?:polacz|polaczyc|polaczcie|polaczenie|przelacz|przelaczyc|przelaczcie|przekieruj|przekierowac|przekaz|zlacz)(?: (?:mnie|sie|prosze|nas|teraz|rozmowe))*(?: (?:z|ze|do|na))+ (?:${ADJ} )*${PERSON}`,
    "\\b(?:polacz|przelacz|polaczcie) mnie[ .!?]*$",
    `\\b(?:chce|chcialbym|chcialabym|potrzebuje|daj|dajcie|poprosze|prosze|wole|wolalbym|wolalabym|dawaj|zadam|szukam|wezwij|zawolaj|daj mi|musze)(?: (?:mi|o|teraz|zawolac|pomocy|rozmowe z|zywego|rozmawiac z|z|do|na))* (?:${ADJ} )*(?!kim\\b|kto\\b)${PERSON}`,
    `\\bnie (?:chce|lubie|bede|zamierzam|mam ochoty|chcialbym)(?: (?:juz|wiecej|dluzej|teraz))*(?: (?:rozmawiac|gadac|pisac|rozmowy|mowic))?(?: (?:z|ze))?(?: \\w+)? ?(?:${MACHINE})(?: rozmawiac| gadac)?`,
    `\\b(?:czy )?(?:jest|sa|macie)(?: (?:tu|tam|u was|jakis|jakas))* (?:${ADJ} )*(?:czlowiek|konsultant|osoba|ktos|ludzie)(?: \\w+){0,3} (?:porozmawiac|pomoc|rozmawiac|dostepn\\w+|zywy|prawdziw\\w+)`,
    `\\b(?:z|ze) (?:${ADJ} )+(?:${PERSON})`,
    "\\b(?:dosc|mam dosc|zadnych|bez)(?: \\w+)? (?:bot\\w*|robot\\w*|automat\\w*|maszyn\\w*)",
    "\\bmoge(?: \\w+)? (?:rozmawiac|porozmawiac) z (?:kim|kims|kimkolwiek)",
  ),
  bare: new RegExp(
    `^(?:(?:tak|nie|prosze|halo|dzien dobry|z|do|na|teraz|czesc)[ ,.!?]*)*(?:${ADJ} )*(?!kim\\b|kto\\b|osob[aey]\\b)${PERSON}(?:[ ,.!?]*(?:prosze|teraz|natychmiast|klienta))*[ ,.!?]*$`,
    "u",
  ),
};
