using System.Globalization;
using System.Text;
using Lunatic.Wasm.Compilation;
using Lunatic.Wasm.Text;
using Lunatic.Wasm.Vectors;

namespace Lunatic.Wasm.Tests.Execution;

/// <summary>Every operator on vectors, compiled: of parameters, and of constants, which the JIT computes itself.</summary>
public sealed class CompiledVectorOperatorTests
{
    private const string Memory = "(memory 1) (data (i32.const 3) \"\\00\\80\\ff\\7f\\01\\00\\a0\\7f\\81\\fe\\c0\\ff\\10\\20\\f0\\7f\\55\")";

    // numbers at the edges, infinities, NaNs quiet and signalling, in the lanes of every shape
    private static readonly (ulong High, ulong Low)[] Vectors =
    [
        (0x7FA0_0001_FFC0_1234, 0x7FA0_5678_7FA1_2345), (0xFF80_0000_3F80_0000, 0x7FF0_0000_0000_0001), (0x8000_7FFF_0001_FFFF, 0x80FF_7F01_0080_FE02),
        (0x8000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF), (0x4F00_0000_CF00_0001, 0xC1E0_0000_0020_0000), (0, 0x0F10_1112_0001_1F20),
    ];

    private static IEnumerable<string> Operators() => VectorMnemonics.Operators.Keys;

    [Test]
    public void There_are_236_operators() => Assert.That(Operators().Count(), Is.EqualTo(236));

    [TestCaseSource(nameof(Operators))]
    public void Computes_what_the_interpreter_computes(string name)
    {
        VectorSignature signature = VectorSignature.Of(Opcode.V128Load + VectorMnemonics.Operators[name].Code);
        var text = new StringBuilder("(module ").Append(Memory);
        int functions = 0;
        foreach ((ulong High, ulong Low) a in Vectors)
        {
            foreach ((ulong High, ulong Low) b in signature.Form is VectorForm.Unary or VectorForm.Test or VectorForm.ExtractLane ? [a] : Vectors)
            {
                string[] constants = [Constant(a), Constant(b), Constant(Vectors[2])];
                string[] parameters = ["(local.get 0)", "(local.get 1)", "(local.get 2)"];
                foreach (string[] operands in new[] { constants, parameters })
                {
                    string code = Expression(name, in signature, operands, a.Low);
                    string result = ResultOf(in signature);
                    text.Append(CultureInfo.InvariantCulture, $"(func $f{functions} (param v128 v128 v128) (result {result}) {code})");
                    text.Append(CultureInfo.InvariantCulture, $"(func (export \"f{functions}\") (result {result}) (call $f{functions} {string.Concat(constants)}))");
                    functions++;
                }
            }
        }
        WasmModule module = WasmModule.Parse(text.Append(')').ToString());
        using var compiledStore = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Compiled });
        using var interpretedStore = new WasmStore(new WasmStoreOptions { ExecutionMode = WasmExecutionMode.Interpreted });
        WasmInstance compiled = new WasmLinker().Instantiate(compiledStore, module);
        WasmInstance interpreted = new WasmLinker().Instantiate(interpretedStore, module);
        for (int i = 0; i < functions; i++)
        {
            WasmValue expected = interpreted.Invoke("f" + i)[0];
            Assert.That(compiled.Invoke("f" + i)[0].Bits, Is.EqualTo(expected.Bits), () => $"function {i} gives {expected}; the module: {text}");
        }
    }

    private static string Constant((ulong High, ulong Low) vector) =>
        string.Create(CultureInfo.InvariantCulture, $"(v128.const i64x2 0x{vector.Low:x} 0x{vector.High:x})");

    private static string ResultOf(in VectorSignature signature) => signature.Form switch
    {
        VectorForm.ExtractLane => signature.Scalar.ToString(),
        VectorForm.Test => "i32",
        _ => "v128",
    };

    private static string Expression(string name, in VectorSignature signature, string[] operands, ulong seed) => signature.Form switch
    {
        VectorForm.Load => $"({name} (i32.const 3))",
        VectorForm.Store => $"({name} (i32.const 5) {operands[0]}) (v128.load (i32.const 4))",
        VectorForm.LoadLane => $"({name} {seed % (ulong)signature.Lanes} (i32.const 3) {operands[0]})",
        VectorForm.StoreLane => $"({name} {seed % (ulong)signature.Lanes} (i32.const 5) {operands[0]}) (v128.load (i32.const 4))",
        VectorForm.Constant => operands[0],
        VectorForm.Shuffle => $"({name} 0 31 1 17 2 2 16 15 {seed % 32} 4 5 6 20 21 22 30 {operands[0]} {operands[1]})",
        VectorForm.Splat => $"({name} {Scalar(in signature, operands[0])})",
        VectorForm.ExtractLane => $"({name} {seed % (ulong)signature.Lanes} {operands[0]})",
        VectorForm.ReplaceLane => $"({name} {seed % (ulong)signature.Lanes} {operands[0]} {Scalar(in signature, operands[1])})",
        VectorForm.Unary or VectorForm.Test => $"({name} {operands[0]})",
        VectorForm.Shift => $"({name} {operands[0]} (i32x4.extract_lane 1 {operands[1]}))",
        VectorForm.Binary => $"({name} {operands[0]} {operands[1]})",
        _ => $"({name} {string.Concat(operands)})",
    };

    private static string Scalar(in VectorSignature signature, string vector) => signature.Scalar.ToString() switch
    {
        "i32" => $"(i32x4.extract_lane 1 {vector})",
        "i64" => $"(i64x2.extract_lane 1 {vector})",
        "f32" => $"(f32x4.extract_lane 1 {vector})",
        _ => $"(f64x2.extract_lane 1 {vector})",
    };
}
