using Lunatic.TestSupport;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Tests.Binary;

/// <summary>Broken guests are malformed, invalid or, by chance, valid; they are never anything else.</summary>
[TestFixture]
public class MutatedModulesTests
{
    private const int Mutations = 500;

    [TestCase("counter.wasm")]
    [TestCase("host.wasm")]
    public void A_guest_cut_off_anywhere_is_malformed_until_all_its_code_is_there(string guest)
    {
        byte[] bytes = Read(guest);
        int codeEnd = WasmModule.Load(bytes).Definition.Functions[^1].BodyEnd;
        var accepted = new List<int>();
        for (int length = 1; length < codeEnd; length += 1 + (length / 200))
        {
            if (Load(bytes.AsMemory(0, length)) is not null)
                accepted.Add(length);
        }
        // the header alone, with the types, with the imports: what comes after the functions is promised by them
        Assert.That(accepted, Has.Count.LessThanOrEqualTo(3).And.Member(8));
    }

    [TestCase("counter.wasm", 1)]
    [TestCase("echo.wasm", 2)]
    [TestCase("sandbox.wasm", 3)]
    public void A_guest_with_one_wrong_byte_is_refused_or_runs(string guest, int seed)
    {
        byte[] original = Read(guest);
        var random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] bytes = [.. original];
            // half of the mutations in the first two kilobytes, where the sections are dense
            int position = random.Next((i & 1) == 0 ? 2048 : bytes.Length);
            bytes[position] = (byte)random.Next(256);
            try
            {
                if (Load(bytes) is not { } module)
                    continue;
                accepted++;
                LowerAround(module.Definition, position);
            }
            catch (Exception exception) when (exception is not WasmException)
            {
                Assert.Fail($"byte {position} = {bytes[position]}: {exception}");
            }
        }
        Assert.That(accepted, Is.InRange(1, Mutations - 1), "mutations that were accepted");
    }

    private static byte[] Read(string guest) => File.ReadAllBytes(SharedFolder.Path("guests", guest));

    // null when it is refused as it should be
    private static WasmModule? Load(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return WasmModule.LoadBinary(bytes);
        }
        catch (WasmException)
        {
            return null;
        }
    }

    private static void LowerAround(ModuleDefinition module, int position)
    {
        for (int own = 0; own < module.Functions.Length; own++)
        {
            if (module.Functions[own].BodyStart <= position && position < module.Functions[own].BodyEnd)
                SiteAnalysis.Analyze(module, module.ImportedFunctions + own);
        }
    }
}
