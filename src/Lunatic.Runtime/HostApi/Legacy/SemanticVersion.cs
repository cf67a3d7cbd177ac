namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>A version as semver.org 2.0.0 has it.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number.</param>
/// <param name="Patch">The third number.</param>
/// <param name="PreRelease">What stands behind the hyphen; empty: it is no pre-release.</param>
/// <param name="Build">What stands behind the plus.</param>
internal sealed record SemanticVersion(ulong Major, ulong Minor, ulong Patch, string PreRelease, string Build)
{
    /// <summary>Reads a version, strictly; null if it is none.</summary>
    public static SemanticVersion? Parse(string text) => PartialVersion.Parse(text) is { Minor: { } minor, Patch: { } patch } partial
        ? new SemanticVersion(partial.Major, minor, patch, partial.PreRelease, partial.Build)
        : null;

    /// <summary>The order of pre-releases: none comes last, numbers before words, more parts after fewer.</summary>
    public static int ComparePreReleases(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
            return (left.Length == 0).CompareTo(right.Length == 0);
        string[] first = left.Split('.');
        string[] second = right.Split('.');
        for (int i = 0; i < Math.Min(first.Length, second.Length); i++)
        {
            int order = ComparePart(first[i], second[i]);
            if (order != 0)
                return order;
        }
        return first.Length.CompareTo(second.Length);
    }

    private static int ComparePart(string left, string right)
    {
        bool isLeftNumber = left.All(char.IsAsciiDigit);
        bool isRightNumber = right.All(char.IsAsciiDigit);
        if (isLeftNumber && isRightNumber)
            return left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);
        return isLeftNumber ? -1 : isRightNumber ? 1 : string.CompareOrdinal(left, right);
    }
}
