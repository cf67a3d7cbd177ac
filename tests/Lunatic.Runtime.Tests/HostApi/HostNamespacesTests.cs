using Lunatic.Runtime.HostApi;
using Lunatic.Runtime.HostApi.Binding;
using Lunatic.Wasm;

namespace Lunatic.Runtime.Tests.HostApi;

[TestFixture]
public sealed class HostNamespacesTests
{
    [TestCaseSource(nameof(Signatures))]
    public void Every_function_of_the_list_is_provided_with_its_type(string hostNamespace, string name, string type)
    {
        HostFunction? function = HostNamespaces.All.Single(table => table.Name == hostNamespace).Functions.SingleOrDefault(function => function.Name == name);
        Assert.That(function, Is.Not.Null, $"{hostNamespace}::{name} is missing");
        Assert.That(function!.Type, Is.SameAs(Parse(type)));
    }

    [Test]
    public void Nothing_is_provided_beyond_the_list()
    {
        IEnumerable<string> provided = HostNamespaces.All
            .Where(table => table.Name.StartsWith("lunatic::", StringComparison.Ordinal))
            .SelectMany(table => table.Functions.Select(function => $"{table.Name}::{function.Name}"));
        Assert.That(provided, Is.EquivalentTo(Signatures().Select(entry => $"{entry.Arguments[0]}::{entry.Arguments[1]}")));
    }

    private static IEnumerable<TestCaseData> Signatures() =>
        HostApiSignatures.List.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(parts => new TestCaseData(parts[0], parts[1], parts[2]).SetArgDisplayNames(parts[0], parts[1]));

    private static WasmFunctionType Parse(string type)
    {
        string[] sides = type.Replace("-", "", StringComparison.Ordinal).Split('→');
        return WasmFunctionType.Get(Types(sides[0]), sides.Length > 1 ? Types(sides[1]) : []);

        static WasmValueType[] Types(string letters) =>
            [.. letters.Select(letter => letter switch { 'i' => WasmValueType.I32, 'l' => WasmValueType.I64, _ => WasmValueType.F64 })];
    }
}
