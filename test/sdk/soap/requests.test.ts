import { describe, expect, it } from "vitest";
import { apiVersion, decodeRequest, encodeRequest, SoapError } from "../../../sdk/soap/index.ts";
import { managedType } from "../../../sdk/vim/schema.ts";

const soap = 'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"';
const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';
const envelope = (body: string, header = "") =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope ${soap} ${xsi}>${header}<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
const call = (method: string, type: string, args: string) =>
  envelope(`<${method} xmlns="urn:vim25"><_this type="${type}">x-1</_this>${args}</${method}>`);
const reconfigure = (spec: string) => call("ReconfigVM_Task", "VirtualMachine", `<spec>${spec}</spec>`);
const specOf = (spec: string) => decodeRequest(reconfigure(spec)).args.spec;

function refused(text: string): Pick<SoapError, "code" | "path"> | string {
  try {
    return JSON.stringify(decodeRequest(text));
  } catch (error) {
    if (error instanceof SoapError) return { code: error.code, path: error.path };
    throw error;
  }
}

describe("a request", () => {
  it("says what is called on what with which arguments", () => {
    const text = `<soapenv:Envelope ${soap} ${xsi}><soapenv:Body>
<ReconfigVM_Task xmlns="urn:vim25"><_this type="VirtualMachine">vm-7</_this><spec>
 <annotation>a&lt;b</annotation>
 <deviceChange><operation>add</operation><device xsi:type="VirtualE1000"><key>-1</key>
   <backing xsi:type="VirtualEthernetCardNetworkBackingInfo"><deviceName>lab</deviceName></backing></device></deviceChange>
 <extraConfig><key>k</key><value xsi:type="xsd:string">v</value></extraConfig>
</spec></ReconfigVM_Task></soapenv:Body></soapenv:Envelope>`;
    expect(decodeRequest(text)).toMatchObject({
      self: { type: "VirtualMachine", value: "vm-7" },
      method: "ReconfigVM_Task",
      args: {
        spec: {
          annotation: "a<b",
          deviceChange: [
            {
              operation: "add",
              device: {
                _typeName: "VirtualE1000",
                key: -1,
                backing: { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: "lab" },
              },
            },
          ],
          extraConfig: [{ _typeName: "OptionValue", key: "k", value: "v" }],
        },
      },
    });
  });

  it("of the property collector may refer back to a selection", () => {
    const text = call(
      "RetrievePropertiesEx",
      "PropertyCollector",
      '<specSet><propSet><type>VirtualMachine</type><all>false</all><pathSet>name</pathSet></propSet><objectSet><obj type="ContainerView">v-1</obj><skip>true</skip><selectSet xsi:type="TraversalSpec"><name>v</name><type>ContainerView</type><path>view</path><skip>false</skip></selectSet><selectSet><name>v</name></selectSet></objectSet></specSet><options/>',
    );
    expect(decodeRequest(text).args).toEqual({
      specSet: [
        {
          propSet: [{ type: "VirtualMachine", all: false, pathSet: ["name"] }],
          objectSet: [
            {
              obj: { type: "ContainerView", value: "v-1" },
              skip: true,
              selectSet: [
                { _typeName: "TraversalSpec", name: "v", type: "ContainerView", path: "view", skip: false },
                { _typeName: "SelectionSpec", name: "v" },
              ],
            },
          ],
        },
      ],
      options: {},
    });
  });

  it("reads its header: the operation, the session, and the assertion as it was written", () => {
    const assertion =
      '<saml2:Assertion xmlns:saml2="urn:s" ID="a"> <saml2:Issuer>x&amp;y</saml2:Issuer></saml2:Assertion>';
    const header = `<soapenv:Header><operationID xmlns="">op-1</operationID><vcSessionCookie>c</vcSessionCookie><other><a/>b</other><w:Security xmlns:w="urn:w"><w:Timestamp/>\n${assertion}</w:Security></soapenv:Header>`;
    const request = envelope(
      '<CurrentTime xmlns="urn:vim25"><_this type="ServiceInstance">s</_this></CurrentTime>',
      header,
    );
    expect(decodeRequest(request)).toMatchObject({ operationId: "op-1", cookie: "c", assertion });
    const method = managedType("ServiceInstance")?.methods.get("CurrentTime");
    if (!method) throw new Error("no CurrentTime");
    const self = { type: "ServiceInstance", value: "s" };
    const sent = { operationId: "<op>", cookie: "c", assertion };
    expect(decodeRequest(encodeRequest(self, method, {}, apiVersion(undefined), sent))).toMatchObject(sent);
  });

  it("may write its prefixes as it likes, its elements in any order, and attributes that mean nothing", () => {
    const text = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><v:CreateFolder xmlns:v="urn:vim25" versionId="8.0.3.0"><v:name>n</v:name><v:_this type="Folder" serverGuid="g">group-1</v:_this></v:CreateFolder></e:Body></e:Envelope>`;
    expect(decodeRequest(text)).toMatchObject({ self: { type: "Folder", value: "group-1" }, args: { name: "n" } });
    const typed =
      '<extraConfig xmlns:q="urn:vim25" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="q:OptionValue"><value xmlns:p="http://www.w3.org/2001/XMLSchema" i:type="p:long">5</value><key>k</key></extraConfig>';
    expect(specOf(typed)).toEqual({ extraConfig: [{ _typeName: "OptionValue", key: "k", value: 5 }] });
    expect(specOf("<name>n</name><annotation>a</annotation><guestId xsi:nil='true'/>")).toEqual({
      name: "n",
      annotation: "a",
    });
  });

  it("is refused with what is wrong with it, and where", () => {
    const bad = (path: string) => ({ code: "BadValue", path });
    expect(refused(reconfigure("<nme>x</nme>"))).toEqual(bad("spec.nme"));
    expect(refused(reconfigure("<name>x</name><name>y</name>"))).toEqual(bad("spec.name"));
    expect(refused(reconfigure("<name><b/></name>"))).toEqual(bad("spec.name"));
    expect(refused(reconfigure("x"))).toEqual(bad("spec"));
    expect(refused(reconfigure("<numCPUs>x</numCPUs>"))).toEqual(bad("spec.numCPUs"));
    const devices =
      '<deviceChange/><deviceChange><device xsi:type="VirtualE1000"><key>4294967296</key></device></deviceChange>';
    expect(refused(reconfigure(devices))).toEqual(bad("spec.deviceChange[1].device.key"));
    expect(refused(reconfigure('<deviceChange><device xsi:type="Folder"/></deviceChange>'))).toEqual(
      bad("spec.deviceChange[0].device"),
    );
    expect(refused(reconfigure('<name xmlns="urn:other">x</name>'))).toEqual(bad("spec.name"));
    expect(refused(reconfigure('<extraConfig><value xsi:type="xsd:nonsense">x</value></extraConfig>'))).toEqual(
      bad("spec.extraConfig[0].value"),
    );
    expect(
      refused(reconfigure('<extraConfig><value xsi:type="ArrayOfInt"><string>1</string></value></extraConfig>')),
    ).toEqual(bad("spec.extraConfig[0].value.string[0]"));
    expect(refused(call("CreateFolder", "Folder", "<nam>x</nam>"))).toEqual(bad("nam"));
    expect(refused(call("CreateFolder", "Nobody", ""))).toEqual(bad("_this"));
    expect(refused(envelope('<CreateFolder xmlns="urn:vim25"/>'))).toEqual(bad("_this"));
    expect(refused(call("MakeCoffee", "Folder", ""))).toEqual({ code: "UnknownMethod", path: "" });
    expect(refused(call("constructor", "Folder", ""))).toEqual({ code: "UnknownMethod", path: "" });
  });

  it.each([
    ["Forbidden", `<!DOCTYPE a [<!ENTITY b "c">]>${reconfigure("").replace(/^<\?.*?\?>/, "")}`],
    ["Forbidden", reconfigure("<name>&nbsp;</name>")],
    ["Forbidden", reconfigure("<name x='&b;'/>")],
    ["TooDeep", envelope("", `<soapenv:Header>${"<a>".repeat(200)}`)],
    ["TooDeep", call("CreateFolder", "Folder", `<${"n".repeat(300)}/>`)],
    [
      "TooDeep",
      call("CreateFolder", "Folder", `<name ${Array.from({ length: 100 }, (_, i) => `a${i}=''`).join(" ")}/>`),
    ],
    ["Malformed", ""],
    ["Malformed", "hello"],
    ["Malformed", "<a/>"],
    ["Malformed", `<Envelope xmlns="urn:x"/>`],
    ["Malformed", envelope("")],
    ["Malformed", `${reconfigure("")}x`],
    ["Malformed", `${reconfigure("")}<a/>`],
    ["Malformed", reconfigure("<name>a</nam>")],
    ["Malformed", reconfigure("<name a='<'/>")],
    ["Malformed", reconfigure("<name a='1' a='2'/>")],
    ["Malformed", reconfigure("<name>a\u0000b</name>")],
    ["Malformed", reconfigure("<name>&#0;</name>")],
    ["Malformed", reconfigure("<name>a]]>b</name>")],
    ["Malformed", reconfigure("<x:name>a</x:name>")],
    ["Malformed", reconfigure("<name>").slice(0, -30)],
  ])("is %s (%#)", (code, text) => {
    expect(refused(text)).toMatchObject({ code });
  });
});

describe("a value", () => {
  const value = (type: string, text: string) => {
    try {
      const spec = specOf(`<extraConfig><key>k</key><value xsi:type="${type}">${text}</value></extraConfig>`);
      return (spec as { extraConfig: { value: unknown }[] }).extraConfig[0]?.value;
    } catch (error) {
      if (error instanceof SoapError) return error.code;
      throw error;
    }
  };

  it.each([
    ["xsd:int", " -5\n", -5],
    ["xsd:int", "+5", 5],
    ["xsd:int", "2147483648", "BadValue"],
    ["xsd:int", "-2147483648", -2147483648],
    ["xsd:int", "1.0", "BadValue"],
    ["xsd:int", "", "BadValue"],
    ["xsd:int", "0x1", "BadValue"],
    ["xsd:short", "32768", "BadValue"],
    ["xsd:byte", "-128", -128],
    ["xsd:byte", "128", "BadValue"],
    ["xsd:long", "9007199254740991", 9007199254740991],
    ["xsd:long", "9007199254740993", 9007199254740993n],
    ["xsd:long", "-9223372036854775808", -(2n ** 63n)],
    ["xsd:long", "9223372036854775808", "BadValue"],
    ["xsd:long", "9".repeat(100_000), "BadValue"],
    ["xsd:boolean", "1", true],
    ["xsd:boolean", " false ", false],
    ["xsd:boolean", "yes", "BadValue"],
    ["xsd:double", "-INF", -Infinity],
    ["xsd:double", "NaN", Number.NaN],
    ["xsd:double", "1e400", Infinity],
    ["xsd:double", ".5", 0.5],
    ["xsd:double", "0x10", "BadValue"],
    ["xsd:dateTime", "2026-02-28T23:59:59.123456", "2026-02-28T23:59:59.123456Z"],
    ["xsd:dateTime", "2024-02-29T00:00:00+05:30", "2024-02-29T00:00:00+05:30"],
    ["xsd:dateTime", "2026-02-29T00:00:00Z", "BadValue"],
    ["xsd:dateTime", "2026-01-01", "BadValue"],
    ["xsd:base64Binary", "AP8 =", new Uint8Array([0, 255])],
    ["xsd:base64Binary", "A", "BadValue"],
    ["xsd:base64Binary", "====", "BadValue"],
    ["VirtualMachinePowerState", "poweredOn", "poweredOn"],
    ["VirtualMachinePowerState", "flying", "BadValue"],
    ["PropertyPath", "a.b", "a.b"],
    ["ArrayOfByte", "<byte>-1</byte><byte>2</byte>", [-1, 2]],
    ["ArrayOfUri", "<uri>a:b</uri>", ["a:b"]],
    ["ArrayOfVirtualDevice", "", []],
    ["xsd:string", " a<![CDATA[<&]]>b<!-- c -->\r\n&#xD; ", " a<&b\n\r "],
  ])("of %s is read or refused (%#)", (type, text, expected) => {
    expect(value(type, text)).toEqual(expected);
  });

  it("may refer to a managed object where anything may be", () => {
    const spec = specOf(
      '<extraConfig><key>k</key><value xsi:type="ManagedObjectReference" type="Folder">f</value></extraConfig>',
    );
    expect(spec).toMatchObject({ extraConfig: [{ value: { type: "Folder", value: "f" } }] });
  });
});
