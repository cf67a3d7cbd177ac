using System.Text;
using Lunatic.Wasm.Text;

namespace Lunatic.Wasm.Tests.Text;

/// <summary>Short ways to encode a text and to catch what is wrong with it.</summary>
public abstract class TextTestBase
{
    private protected static byte[] Encode(string text) => TextModule.Encode(Encoding.UTF8.GetBytes(text));

    private protected static string Hex(string text) => Convert.ToHexStringLower(Encode(text));

    private protected static WasmMalformedException Refused(string text) =>
        Assert.Throws<WasmMalformedException>(() => Encode(text))!;
}
