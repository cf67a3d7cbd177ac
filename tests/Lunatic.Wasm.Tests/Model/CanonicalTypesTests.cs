using System.Runtime.CompilerServices;
using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Tests.Model;

internal sealed class CanonicalTypesTests
{
    [Test]
    public void Equal_types_are_one_object_with_one_number()
    {
        WasmFunctionType first = WasmFunctionType.Get([WasmValueType.I32, WasmValueType.F64], [WasmValueType.I64]);
        WasmFunctionType second = WasmFunctionType.Get([WasmValueType.I32, WasmValueType.F64], [WasmValueType.I64]);
        WasmFunctionType other = WasmFunctionType.Get([WasmValueType.I32], [WasmValueType.I64]);

        Assert.That(second, Is.SameAs(first));
        Assert.That(other.Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public void Types_that_nobody_uses_are_forgotten_and_those_in_use_keep_their_number()
    {
        WasmFunctionType kept = WasmFunctionType.Get([.. Enumerable.Repeat(WasmValueType.F32, 40)], []);
        int id = kept.Id;
        int most = 0;
        for (int round = 0; round < 20; round++)
        {
            MakeManyTypes(round);
            GC.Collect();
            most = Math.Max(most, CanonicalTypes.Count);
        }

        Assert.That(most, Is.LessThan(15_000), "20 x 3,000 types were made");
        Assert.That(WasmFunctionType.Get([.. Enumerable.Repeat(WasmValueType.F32, 40)], []).Id, Is.EqualTo(id));
        GC.KeepAlive(kept);
    }

    // a method of its own, so that no local keeps the types alive
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeManyTypes(int round)
    {
        for (int i = 0; i < 3_000; i++)
        {
            WasmValueType[] parameters = [.. Enumerable.Range(0, 20).Select(bit => (((round * 3_000) + i) >> bit & 1) == 0 ? WasmValueType.I32 : WasmValueType.I64)];
            _ = WasmFunctionType.Get(parameters, [WasmValueType.F32, WasmValueType.F32]);
        }
    }
}
