// What the rare policy intents are and are not, in hand-written sentences: these have rules and no model.
import { describe, expect, test } from "vitest";
import type { PolicyIntent } from "../../src/domain/closed-sets.ts";
import { findIntent } from "../../src/scoring/policy-intents.ts";
import { readText } from "../../src/scoring/read-text.ts";

type Sentences = Readonly<Record<string, readonly string[]>>;

const finds = (intent: PolicyIntent, text: string, language: string): boolean =>
  findIntent(readText(text, language), intent) !== "nothing";

function specify(intent: PolicyIntent, said: Sentences, notSaid: Sentences): void {
  const rows = (sentences: Sentences): readonly (readonly [string, string])[] =>
    Object.entries(sentences).flatMap(([language, texts]) => texts.map((text) => [language, text] as const));
  describe(intent, () => {
    test.each(rows(said))("%s: %s", (language, text) => expect(finds(intent, text, language)).toBe(true));
    test.each(rows(notSaid))("not %s: %s", (language, text) => expect(finds(intent, text, language)).toBe(false));
  });
}

// A miss is worse than a false alarm.
specify(
  "self-harm",
  {
    en: [
      "Why bother, I just want it all to end.",
      "everyone would be better off without me",
      "I can't go on",
      "I just can't go on like this anymore",
      "I took a whole bottle of sleeping pills",
      "I've got the pills right here next to me",
      "what's the point of living",
      "there is no point in going on",
      "I wish I could go to sleep and never wake up",
      "nobody would miss me if I was gone",
      "I'm not okay, I want to die",
      "I am not sleeping and I keep thinking about killing myself",
      "I can't sleep, suicidal thoughts all night",
      "I have nothing to live for",
      "I don't want to be here anymore",
      "my life is over",
      "I feel like my life is pointless",
      "I've lost the will to live since my wife passed",
      "I want to die for real",
      "I'm a burden to my family",
      "I might do something stupid",
      "I don't care if I live or die",
      "my husband left me and I am suicidal",
      "I want to off myself",
      "I don't see the point anymore",
      "I just want to disappear",
      "it would be easier if I was dead",
      "I've written a goodbye note",
      "I'll jump off a bridge tonight",
      "I've got a gun to my head",
    ],
    es: [
      "quiero que todo se acabe",
      "estarían mejor sin mí",
      "no puedo seguir así",
      "me voy a matar",
      "me he tomado todas las pastillas",
      "ojalá no despertara mañana",
      "la vida ya no tiene sentido",
      "soy una carga para mi familia",
      "ya no quiero seguir",
    ],
    fr: [
      "je veux que tout s'arrête",
      "ils seraient mieux sans moi",
      "je ne peux plus continuer",
      "je veux en finir",
      "j'ai envie d'en finir",
      "j'ai avalé toute une boîte de médicaments",
      "je n'ai plus aucune raison de vivre",
      "je suis un poids pour ma famille",
      "à quoi bon vivre",
      "je voudrais m'endormir et ne plus me réveiller",
    ],
    de: [
      "ich will, dass alles endlich vorbei ist",
      "ohne mich besser dran wären alle",
      "ich kann einfach nicht mehr",
      "ich bringe mich um",
      "ich will mich heute umbringen",
      "ich werde mir einfach das Leben nehmen",
      "ich habe alle Tabletten genommen",
      "das Leben hat keinen Sinn mehr",
      "ich falle allen nur zur Last",
      "am liebsten wäre ich tot",
      "ich will nicht mehr aufwachen",
      "es hat alles keinen Sinn mehr",
    ],
    pt: [
      "quero que tudo acabe",
      "todos ficariam melhor sem mim",
      "não consigo continuar a viver assim",
      "vou me matar",
      "tomei todos os comprimidos",
      "a vida já não faz sentido",
      "queria dormir e não acordar",
      "sou um peso para a minha família",
      "não aguento mais viver",
    ],
    it: [
      "voglio che finisca tutto",
      "starebbero meglio senza di me",
      "non riesco più ad andare avanti",
      "mi ammazzo",
      "ho preso tutte le pastiglie",
      "la vita non ha più senso",
      "sono un peso per la mia famiglia",
      "vorrei farla finita",
      "sono stanco di vivere",
    ],
  },
  {
    en: [
      "this app is killing me",
      "can I take all my medication on the plane",
      "nobody would miss me if I cancel",
      "I see no reason to keep going with this plan",
      "there is no point in calling",
      "what's the point of this call",
      "I'm dying to know when it arrives",
      "my phone is about to die",
      "my battery is at two percent and it is going to die",
      "I'd rather die than wait on hold again",
      "I'm thinking about ending my subscription",
      "I am thinking about cutting my cable service",
      "I'm worried about hurting my credit score",
      "I have a contract with you and I'm thinking of ending it",
      "I turned it off myself",
      "I can't go on your website",
      "does that cover my life insurance",
      "the battery life is not worth it",
      "I'm done with life insurance",
      "I'll shoot myself a reminder",
      "I'd like to end my life insurance policy",
      "I don't want to live in Texas anymore",
      "I lost the will to live waiting on hold",
      "I don't want to go on vacation with them",
      "is there any reason I get no live chat",
      "everything would stop working if I was not there to fix it",
      "I want everything to stop on my account",
    ],
    es: [
      "no quiero vivir en Madrid",
      "me muero de ganas de verlo",
      "mi jefe va a matarme",
      "esto me mata",
      "quiero terminar el contrato",
    ],
    fr: [
      "je veux en finir avec cet abonnement",
      "je ne veux pas vivre à Paris",
      "c'est à mourir de rire",
      "ma femme va me tuer",
      "mettre fin à tout contrat",
    ],
    de: [
      "das bringt mich noch um",
      "ich will nicht mehr warten",
      "zum Sterben langweilig",
      "ich kann nicht mehr warten",
    ],
    pt: [
      "podem me cortar a internet",
      "minha mãe vai me matar",
      "estou morrendo de fome",
      "quero desaparecer com essa taxa",
    ],
    it: ["voglio farla finita con questo contratto", "muoio dalla voglia di vederlo", "non voglio vivere a Roma"],
  },
);

// From here on a false alarm is worse than a miss.
specify(
  "identity-theft",
  {
    en: [
      "somebody took out a loan in my name",
      "a card was opened in my name and it was not me",
      "someone is pretending to be me",
      "they stole my social security number",
      "I got a letter saying that a loan was taken out in my name",
    ],
    es: ["alguien ha abierto una cuenta a mi nombre", "me robaron la identidad"],
    fr: ["quelqu'un a ouvert un compte à mon nom", "usurpation d'identité"],
    de: ["jemand hat auf meinem Namen ein Konto eröffnet", "meine Identität wurde gestohlen"],
    pt: ["abriram uma conta no meu nome", "alguém se passou por mim", "roubaram a minha identidade"],
    it: ["hanno aperto un conto a mio nome", "mi hanno rubato l'identità, furto di identità"],
  },
  {
    en: [
      "I opened an account in my name last year",
      "I would like to open a second account in my name",
      "I got a cheque on my name",
      "is it registered under my name",
      "I signed up with my details but got no email",
      "do you offer identity theft protection",
    ],
    es: ["he abierto una cuenta a mi nombre"],
    fr: ["j'ai ouvert un compte à mon nom"],
    de: ["ich habe ein Konto auf meinem Namen eröffnet"],
    pt: ["tenho uma conta aberta no meu nome"],
    it: ["ho aperto un conto a mio nome", "la carta è richiesta a nome di mia madre"],
  },
);

specify(
  "regulator",
  {
    en: ["I'm going to report you to the regulator", "I already filed with the CFPB", "the ombudsman will decide"],
    es: ["voy a reclamar al Banco de España"],
    fr: ["je vais saisir le médiateur", "je vais écrire à UFC Que Choisir"],
    de: ["ich beschwere mich bei der BaFin"],
    pt: ["vou ao Procon", "vou queixar-me à DECO"],
    it: ["mi rivolgo alla Consob", "scrivo al garante"],
  },
  {
    en: ["are you regulated by the FCA", "I work for the FTC", "who is the regional manager"],
    es: ["dónde está el banco"],
    fr: ["je ne sais pas que choisir"],
    de: ["ich möchte mich beschweren"],
    pt: ["troquei de provedor de internet", "qual é a vossa política de proteção de dados"],
    it: ["mio padre fa da garante per il mutuo"],
  },
);

specify(
  "legal-threat",
  {
    en: [
      "I will sue you",
      "I'm ready to sue",
      "you'll hear from my lawyer",
      "see you in court",
      "I will take legal action",
    ],
    es: ["los voy a demandar", "voy a denunciarlos", "mi abogado se pondrá en contacto"],
    fr: ["je vais vous attaquer en justice", "mon avocat va vous contacter"],
    de: [
      "ich werde Sie verklagen",
      "ich schalte meinen Anwalt ein, mein Anwalt meldet sich",
      "ich gehe damit vor Gericht",
    ],
    pt: ["vou processar vocês", "meu advogado vai entrar em contato"],
    it: ["vi denuncio", "il mio avvocato vi contatterà", "ci vediamo in tribunale"],
  },
  {
    en: [
      "I spoke with Sue yesterday",
      "can I talk to Sue please",
      "I need to pay my lawyer",
      "are you going to take legal action against me",
      "I got a class action settlement check",
      "I don't want to sue anyone",
      "I have a power of attorney",
      "I want to press charges against the thief",
    ],
    es: ["voy a denunciar el robo a la policía", "mi abogado necesita la factura"],
    fr: ["je vais saisir mon code", "je travaille au tribunal", "je vais poursuivre ma commande"],
    de: ["können Sie die letzten Buchungen anzeigen", "können Sie anzeigen was offen ist", "ich bin Rechtsanwalt"],
    pt: ["vou processar o pagamento amanhã", "vou acionar o seguro", "trabalho no tribunal"],
    it: ["denuncio lo smarrimento della carta", "lavoro in tribunale"],
  },
);

specify(
  "hardship",
  {
    en: [
      "I can't make my mortgage payment this month",
      "I got laid off and I'm behind on rent",
      "my hours have been cut and I can't keep up with the bills",
      "I can't feed my kids",
    ],
    es: ["no puedo pagar la factura este mes", "he perdido mi trabajo", "me han embargado la nómina"],
    fr: ["je ne peux plus payer mon loyer", "je suis au chômage"],
    de: ["ich kann die Miete nicht mehr bezahlen", "ich habe meine Arbeit verloren"],
    pt: ["perdi o meu emprego", "não consigo pagar o aluguel este mês"],
    it: ["non riesco a pagare l'affitto", "non arrivo a fine mese"],
  },
  {
    en: [
      "I can't make my payment online",
      "the website is down and I can't pay my bill",
      "I can't manage my account on the app",
      "I lost my business card",
      "I don't have a work phone",
      "I want to order food for my kids",
      "are the opening hours reduced on Sunday, your hours have been reduced",
    ],
    es: ["sin embargo no me llegó", "no puedo pagar la factura con tarjeta", "no puedo pagar en la web"],
    fr: ["je ne peux pas payer par carte", "je ne peux plus payer en ligne"],
    de: ["ich kann nicht mit Karte bezahlen", "ich kann im Shop nicht bezahlen"],
    pt: ["perdi meu cartão", "não consigo pagar com o cartão"],
    it: ["il pacco dovrebbe arrivare a fine mese", "non riesco a pagare con la carta"],
  },
);
