namespace Lunatic.Wasm.Tests.Text;

public sealed class ErrorPlaceTests : TextTestBase
{
    [TestCase("(module\n  (func (foo)))", 2, 10, "unknown operator foo")]
    [TestCase("(module\r\n  (func\r\n    i32.cnst 1))", 3, 5, "unknown operator i32.cnst")]
    [TestCase("(module\r  (func i32.const))", 2, 18, "unexpected token )")]
    [TestCase("(module (func call $missing))", 1, 20, "unknown func $missing")]
    [TestCase("(module (func (param $x i32) (local $x i32)))", 1, 37, "duplicate local $x")]
    [TestCase("(module (func $f) (func $f))", 1, 25, "duplicate func $f")]
    [TestCase("(module (; ä ö ;) (func (br $l)))", 1, 29, "unknown label $l")]
    [TestCase("(module (func block $a end $b))", 1, 28, "mismatching label $b")]
    [TestCase("(module (memory 0) (func (drop (i32.load align=3 (i32.const 0)))))", 1, 42, "alignment must be a power of two")]
    [TestCase("(module (func (drop (i32.const 4294967296))))", 1, 32, "constant out of range")]
    [TestCase("(module (func) (import \"a\" \"b\" (func)))", 1, 16, "import after function")]
    [TestCase("(module (start 0) (start 0))", 1, 26, "multiple start sections")]
    [TestCase("(module (type $t (func)) (func (type $t) (param i32)))", 1, 32, "inline function type")]
    [TestCase("(module (data \"\\zz\"))", 1, 16, "illegal escape")]
    [TestCase("(module (data \"abc", 1, 15, "unclosed string")]
    [TestCase("(module (; never", 1, 9, "unclosed comment")]
    [TestCase("(module (func)", 1, 15, "unexpected token at the end of the text")]
    [TestCase("(module) x", 1, 10, "unknown operator x")]
    [TestCase("(module \u0001)", 1, 9, "illegal character")]
    [TestCase("(module (func (nop) (local i32)))", 1, 22, "unexpected token local")]
    public void An_error_names_line_column_and_problem(string text, int line, int column, string problem)
    {
        WasmMalformedException error = Refused(text);

        Assert.That(error.Problem, Does.StartWith(problem));
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)line, (int?)column)));
        Assert.That(error.Message, Does.StartWith($"{line}:{column}: "));
    }

    [Test]
    public void Bytes_that_are_not_utf8_are_refused_where_they_begin()
    {
        byte[] text = [.. "(module\n (; "u8, 0xC3, 0x28, .. " ;))"u8];

        WasmMalformedException error = Assert.Throws<WasmMalformedException>(() => Wasm.Text.TextModule.Encode(text))!;

        Assert.That(error.Problem, Is.EqualTo("malformed UTF-8 encoding"));
        Assert.That((error.Line, error.Column), Is.EqualTo(((int?)2, (int?)5)));
    }
}
