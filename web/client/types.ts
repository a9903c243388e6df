/** Makes src/manifest.ts, the types of the public documents, from their JSON Schemas: `deno run -R -W --allow-run types.ts [OUTPUT]`. */
/// <reference lib="deno.ns" />

/** The part of JSON Schema that the documents are described with. */
interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  title?: string;
  description?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  default?: unknown;
  propertyNames?: Schema;
}

const DOCUMENTS = ["hall-manifest", "hall-pointer", "exhibition"];
const PROFILE = "Profile";
const ANCHOR = "Anchor";
const LANGUAGE_MAP = "LanguageMap";

/** The names of the schemas say "Out" where the service has another form of the same thing for writing. */
function nameOf(definition: string): string {
  return definition.replace(/Out$/, "");
}

/** A language map is recognised by what its keys must look like. */
function isLanguageMap(schema: Schema): boolean {
  return schema.type === "object" && schema.properties === undefined && schema.propertyNames?.enum === undefined &&
    typeof schema.additionalProperties === "object" && schema.additionalProperties.type === "string";
}

/** The type that `schema` describes, in one line but for objects without a name. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref.split("/").at(-1)!);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return enumOf(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choiceOf(choices);
  if (isLanguageMap(schema)) return LANGUAGE_MAP;
  if (schema.prefixItems !== undefined) {
    return `[${schema.prefixItems.map(typeOf).join(", ")}]`;
  }
  switch (schema.type) {
    case "array":
      return arrayOf(schema.items);
    case "object":
      return objectOf(schema);
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return schema.type;
  }
  throw new Error(`no type for ${JSON.stringify(schema)}`);
}

/** The choice of anchors is named. */
function choiceOf(choices: Schema[]): string {
  const type = choices.map(typeOf).join(" | ");
  if (!choices.some((choice) => choice.$ref?.endsWith("/FloorAnchor"))) {
    return type;
  }
  anchors = type;
  return ANCHOR;
}

function arrayOf(items: Schema | undefined): string {
  const item = items === undefined ? "unknown" : typeOf(items);
  return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
}

let profiles = "";
let anchors = "";

/** An enumeration of profiles is named; others stand where they are used. */
function enumOf(values: unknown[]): string {
  const type = values.map((value) => JSON.stringify(value)).join(" | ");
  if (!values.includes("master")) return type;
  if (profiles !== "" && profiles !== type) {
    throw new Error("two lists of profiles");
  }
  profiles = type;
  return PROFILE;
}

function objectOf(schema: Schema): string {
  if (schema.properties !== undefined) return `{\n${membersOf(schema)}}`;
  const value = typeof schema.additionalProperties === "object" ? typeOf(schema.additionalProperties) : "unknown";
  const key = schema.propertyNames?.enum;
  return key === undefined ? `Record<string, ${value}>` : `Partial<Record<${enumOf(key)}, ${value}>>`;
}

/** What is null in the service is left out of a document, so that no member is null; every other default is written out. */
function membersOf(schema: Schema): string {
  const required = new Set(schema.required);
  const lines = Object.entries(schema.properties ?? {}).map(
    ([name, member]) => {
      const always = required.has(name) || (member.default !== undefined && member.default !== null);
      const told = (member.anyOf ?? []).filter((choice) => choice.type !== "null");
      const type = told.length > 0 ? told.map(typeOf).join(" | ") : typeOf(member);
      const about = member.description ?? (told.length === 1 ? told[0].description : undefined);
      return `${comment(isGeneral(about) ? undefined : about)}${name}${always ? "" : "?"}: ${type};\n`;
    },
  );
  return lines.join("");
}

/** Said once, at the type that it is about. */
function isGeneral(about: string | undefined): boolean {
  return about?.startsWith("Text for people") === true || about === "Ends in `/` and the slug";
}

function comment(text: string | undefined): string {
  return text === undefined ? "" : `/** ${text.replaceAll("*/", "* /")} */\n`;
}

/** Every definition once; two documents may share one, and then must agree. */
function declarations(documents: Schema[]): string {
  const made = new Map<string, string>();
  const declare = (name: string, schema: Schema) => {
    const text = `${comment(schema.description)}export interface ${name} {\n${membersOf(schema)}}\n`;
    if ((made.get(name) ?? text) !== text) {
      throw new Error(`two different things are called ${name}`);
    }
    made.set(name, text);
  };
  for (const document of documents) {
    declare(document.title!, document);
    for (const [name, schema] of Object.entries(document.$defs ?? {})) {
      declare(nameOf(name), schema);
    }
  }
  return [...made.values()].join("\n");
}

async function formatted(source: string): Promise<string> {
  const deno = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext", "ts", "--line-width", "120", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const answer = new Response(deno.stdout).text();
  const writer = deno.stdin.getWriter();
  await writer.write(new TextEncoder().encode(source));
  await writer.close();
  if (!(await deno.status).success) {
    throw new Error("the types that were made are not TypeScript");
  }
  return await answer;
}

const schemas = new URL("../../manifests/schemas/", import.meta.url);
const documents = DOCUMENTS.map((name): Schema =>
  JSON.parse(Deno.readTextFileSync(new URL(`${name}.schema.json`, schemas)))
);
const body = declarations(documents);
const source = `/** The public documents, as types. Made from their JSON Schemas by types.ts: do not edit. */

/** Text for people, keyed by BCP 47 language tags. */
export type ${LANGUAGE_MAP} = Record<string, string>;

/** What a variant of a model is made for. */
export type ${PROFILE} = ${profiles};

/** Where AR may stand the hall. */
export type ${ANCHOR} = ${anchors};

${body}`;
const output = Deno.args[0] ?? new URL("src/manifest.ts", import.meta.url);
Deno.writeTextFileSync(output, await formatted(source));
