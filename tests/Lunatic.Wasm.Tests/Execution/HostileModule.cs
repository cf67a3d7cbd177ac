using System.Text;

namespace Lunatic.Wasm.Tests.Execution;

/// <summary>Modules made to hurt a compiler. Each exports "f", which returns <see cref="Expected"/> for 1.</summary>
/// <param name="Name">What is too much of.</param>
/// <param name="Bytes">The module.</param>
/// <param name="Expected">What "f" returns.</param>
internal sealed record HostileModule(string Name, byte[] Bytes, int Expected)
{
    private const byte I32 = 0x7F;

    /// <summary>All of them, within the limits of modules.</summary>
    public static IEnumerable<HostileModule> All()
    {
        yield return new("one function of 5 MB", Module([], Repeat([0x20, 0x00, 0x41, 0x01, 0x6A, 0x21, 0x00], 714_000), [0x20, 0x00]), 714_001);
        yield return new("one block of 5 MB without locals", Module([], [0x20, 0x00], Repeat([0x41, 0x03, 0x6A], 1_600_000)), 4_800_001);
        yield return new("50,000 locals", Module([(49_999, I32)], Repeat([0x20, 0x00], 1), TouchLocals(49_999)), 2 * 49_999 + 1);
        yield return new("10,000 blocks in each other", Module([], Repeat([0x02, 0x40], 10_000), [0x0C, .. Unsigned(9_999)], Repeat([0x0B], 10_000), [0x20, 0x00]), 1);
        yield return new("10,000 loops in each other", Module([], Repeat([0x03, 0x40], 10_000), [0x20, 0x00, 0x41, 0x05, 0x6A, 0x21, 0x00], Repeat([0x0B], 10_000), [0x20, 0x00]), 6);
        yield return new("10,000 ifs in each other", Module([], Repeat([0x20, 0x00, 0x04, 0x40], 10_000), Repeat([0x0B], 10_000), [0x20, 0x00]), 1);
        yield return new("a jump table of 100,000 targets", Module([], [0x02, 0x40, 0x02, 0x40, 0x20, 0x00, 0x0E, .. Unsigned(100_000)], Targets(100_000), [0x00, 0x0B, 0x41, 0x07, 0x0F, 0x0B, 0x20, 0x00]), 1);
        yield return new("100,000 functions", Functions(100_000), 100_000);
        yield return new("20,000 operands at once", Module([], Repeat([0x20, 0x00], 20_001), Repeat([0x6A], 20_000)), 20_001);
        yield return new("an expression 20,000 deep", Module([], [0x20, 0x00], Repeat([0x45], 20_000)), 1);
        yield return new("100,000 huge constants", Module([], Repeat([0x42, .. Signed(long.MinValue), 0x1A], 100_000), [0x20, 0x00]), 1);
        yield return new("10,000 calls with 100 arguments", Calls(10_000), 10_001);
    }

    public override string ToString() => Name;

    // (func $f (export "f") (param i32) (result i32) (local …) …)
    private static byte[] Module((int Count, byte Type)[] locals, params byte[][] code) =>
        Assemble([[0x60, 1, I32, 1, I32]], [0], [Body(locals, [.. code.SelectMany(static part => part)])], export: 0);

    // each function adds what the one before it returns, the last is exported; called in a chain of 100 at most, so that no stack is needed
    private static byte[] Functions(int count)
    {
        byte[] one = Body([], [0x41, 0x01]);
        byte[] last = Body([], [0x41, .. Signed(count)]);
        return Assemble([[0x60, 1, I32, 1, I32]], [.. Enumerable.Repeat(0, count)], [.. Enumerable.Repeat(one, count - 1), last], export: count - 1);
    }

    private static byte[] Calls(int count)
    {
        byte[] hundred = [0x60, 100, .. Enumerable.Repeat(I32, 100), 1, I32];
        byte[] first = Body([], [0x20, 0x00, 0x41, 0x01, 0x6A]);
        byte[] code = [0x20, 0x00, .. Repeat([.. Repeat([0x20, 0x00], 99), 0x10, 0x00], count)];
        return Assemble([hundred, [0x60, 1, I32, 1, I32]], [0, 1], [first, Body([], code)], export: 1);
    }

    // every local is set to 2 and added
    private static byte[] TouchLocals(int count)
    {
        var code = new List<byte>();
        for (int i = 1; i <= count; i++)
            code.AddRange([0x41, 0x02, 0x22, .. Unsigned((uint)i), 0x6A]);
        return [.. code];
    }

    private static byte[] Targets(int count)
    {
        var targets = new byte[count + 1];
        // all but the second target leave the inner block's outer one
        Array.Fill(targets, (byte)1);
        targets[0] = 0;
        return targets;
    }

    private static byte[] Assemble(byte[][] types, int[] functions, byte[][] bodies, int export)
    {
        var module = new List<byte>([0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]);
        AddSection(1, types);
        AddSection(3, [.. functions.Select(static type => Unsigned((uint)type))]);
        AddSection(7, [[1, .. Encoding.ASCII.GetBytes("f"), 0, .. Unsigned((uint)export)]]);
        AddSection(10, bodies);
        return [.. module];

        void AddSection(byte id, byte[][] entries)
        {
            byte[] count = Unsigned((uint)entries.Length);
            module.Add(id);
            module.AddRange(Unsigned((uint)(count.Length + entries.Sum(static entry => entry.Length))));
            module.AddRange(count);
            foreach (byte[] entry in entries)
                module.AddRange(entry);
        }
    }

    private static byte[] Body((int Count, byte Type)[] locals, byte[] code)
    {
        byte[] content = [.. Unsigned((uint)locals.Length), .. locals.SelectMany(static local => (byte[])[.. Unsigned((uint)local.Count), local.Type]), .. code, 0x0B];
        return [.. Unsigned((uint)content.Length), .. content];
    }

    private static byte[] Repeat(byte[] part, int times)
    {
        var all = new byte[part.Length * times];
        for (int i = 0; i < times; i++)
            part.CopyTo(all, i * part.Length);
        return all;
    }

    private static byte[] Unsigned(uint value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static byte[] Signed(long value)
    {
        var bytes = new List<byte>();
        while (value is < -64 or > 63)
        {
            bytes.Add((byte)((value & 0x7F) | 0x80));
            value >>= 7;
        }
        bytes.Add((byte)(value & 0x7F));
        return [.. bytes];
    }
}
