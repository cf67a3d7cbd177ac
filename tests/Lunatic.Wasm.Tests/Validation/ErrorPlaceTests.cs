using System.Text;
using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Tests.Validation;

/// <summary>Which error is reported, and where.</summary>
[TestFixture]
public class ErrorPlaceTests
{
    [Test]
    public void An_invalid_function_is_named_with_its_index_and_offset()
    {
        var error = Assert.Throws<WasmInvalidException>(() => WasmModule.Parse("""(module (import "m" "f" (func)) (func) (func $bad i32.const 1))"""))!;
        Assert.Multiple(() =>
        {
            Assert.That(error.FunctionIndex, Is.EqualTo(2));
            Assert.That(error.Problem, Does.StartWith("type mismatch"));
            Assert.That(error.Message, Does.Contain("in function 2 \"bad\", at byte "));
        });
    }

    [Test]
    public void Of_many_invalid_functions_of_a_big_module_the_lowest_is_reported()
    {
        var text = new StringBuilder("(module");
        for (int i = 0; i < 20_000; i++)
            text.Append(i % 1000 == 777 ? " (func i64.const 1 i32.eqz drop)" : " (func i32.const 1 i32.eqz drop i32.const 2 drop)");
        byte[] bytes = Encode(text.Append(')').ToString());
        for (int round = 0; round < 5; round++)
            Assert.That(Assert.Throws<WasmInvalidException>(() => WasmModule.LoadBinary(bytes))!.FunctionIndex, Is.EqualTo(777));
    }

    [Test]
    public void A_body_that_cannot_be_decoded_is_reported_before_an_invalid_one()
    {
        byte[] bytes = Encode("(module (func i32.const 1) (func nop))");
        int nop = Array.LastIndexOf(bytes, (byte)0x01);
        bytes[nop] = 0xFF;
        Assert.That(() => WasmModule.LoadBinary(bytes), Throws.TypeOf<WasmMalformedException>().With.Message.StartsWith("illegal opcode ff"));
    }

    [TestCase("(memory i64 1)", "memory64")]
    [TestCase("(memory 1) (memory 1)", "multiple memories")]
    [TestCase("(global i32 (i32.add (i32.const 1) (i32.const 2)))", "arithmetic in a constant expression")]
    [TestCase("(type $t (func)) (func (param (ref null $t)))", "the typed reference")]
    public void What_a_later_feature_brings_is_refused_by_its_name(string fields, string feature) => Assert.That(
        () => WasmModule.Parse($"(module {fields})"), Throws.TypeOf<WasmInvalidException>().With.Message.Contains(feature));

    [TestCase(0x100, "relaxed SIMD (opcode fd 100) is not supported")]
    [TestCase(0x113, "relaxed SIMD (opcode fd 113) is not supported")]
    [TestCase(0x9A, "illegal opcode fd 9a")]
    [TestCase(0x114, "illegal opcode fd 114")]
    public void Vector_operators_that_are_not_there_are_refused(int code, string message)
    {
        byte[] bytes = Encode("(module (func v128.any_true))");
        int operation = Array.LastIndexOf(bytes, (byte)0xFD);
        byte[] changed = [.. bytes[..(operation + 1)], (byte)(code | 0x80), (byte)(code >> 7), .. bytes[(operation + 2)..]];
        // sizes of body and section
        changed[operation - 2] += (byte)(changed.Length - bytes.Length);
        changed[operation - 4] += (byte)(changed.Length - bytes.Length);
        Assert.That(() => WasmModule.LoadBinary(changed), Throws.InstanceOf<WasmException>().With.Message.StartsWith(message));
    }

    private static byte[] Encode(string text) => TextModule.Encode(Encoding.UTF8.GetBytes(text));
}
