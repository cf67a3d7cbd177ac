using System.Buffers;

namespace Lunatic.Wasm.Text;

/// <summary>Classes of characters (specification 6.2 and 6.3).</summary>
internal static class Characters
{
    private static readonly SearchValues<byte> Identifier = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'*+-./:<=>?@\\^_`|~"u8);

    /// <summary>Whether the character may stand in an identifier, a keyword or a number.</summary>
    public static bool IsIdentifier(byte character) => Identifier.Contains(character);

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexDigit(int character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'f' => character - 'a' + 10,
        >= 'A' and <= 'F' => character - 'A' + 10,
        _ => -1,
    };

    /// <summary>Whether the character is a decimal digit.</summary>
    public static bool IsDigit(int character) => character is >= '0' and <= '9';
}
