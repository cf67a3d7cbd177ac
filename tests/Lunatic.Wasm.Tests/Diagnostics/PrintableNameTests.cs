using Lunatic.Wasm.Diagnostics;

namespace Lunatic.Wasm.Tests.Diagnostics;

internal sealed class PrintableNameTests
{
    [Test]
    public void A_function_without_a_name_is_called_unnamed() => Assert.That(PrintableName.OfFunction(null), Is.EqualTo("<unnamed>"));

    [Test]
    public void What_a_terminal_would_obey_is_replaced() =>
        Assert.That(PrintableName.OfFunction("a\u001b[2Jb\r\nc\u202ed"), Is.EqualTo("a\uFFFD[2Jb\uFFFD\uFFFDc\uFFFDd"));

    [Test]
    public void A_long_name_is_cut() => Assert.That(PrintableName.OfFunction(new string('x', 1_000_000)), Has.Length.EqualTo(PrintableName.MaxLength + 1));

    [Test]
    public void A_frame_shows_the_readable_name() =>
        Assert.That(new WasmFrame(3, "_ZN5crash5inner17hda9be5d99e2e44d0E", 16).ToString(), Is.EqualTo("crash::inner (function 3, offset 0x10)"));
}
