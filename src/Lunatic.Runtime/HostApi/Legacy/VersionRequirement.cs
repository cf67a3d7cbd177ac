namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>A question for versions, in the notation of Cargo: comparisons such as <c>^1.2</c>, <c>~1.0</c>, <c>=1.0.0</c>, <c>&gt;1, &lt;2</c>, <c>1.*</c>, or <c>*</c>.</summary>
internal sealed class VersionRequirement
{
    private const int MaxComparisons = 32;

    private static readonly string[] Operators = [">=", "<=", "=", ">", "<", "~", "^"];

    private readonly List<(string Operator, PartialVersion Version)> _comparisons = [];

    /// <summary>Reads one; null if it is none.</summary>
    public static VersionRequirement? Parse(string text)
    {
        var requirement = new VersionRequirement();
        if (text.Trim() is "*" or "x" or "X")
            return requirement;
        string[] parts = text.Split(',');
        if (parts.Length > MaxComparisons)
            return null;
        foreach (string part in parts.Select(static part => part.Trim()))
        {
            string? found = Array.Find(Operators, part.StartsWith);
            if (PartialVersion.Parse(part[(found?.Length ?? 0)..].TrimStart()) is not { } version)
                return null;
            // nothing before it means what a caret means, and a wildcard says what is left open
            requirement._comparisons.Add((found ?? (version.HasWildcard ? "=" : "^"), version));
        }
        return requirement;
    }

    /// <summary>Whether a version fits. A pre-release fits only what names one of the same three numbers.</summary>
    public bool Matches(SemanticVersion version) =>
        _comparisons.TrueForAll(comparison => Matches(version, comparison.Operator, comparison.Version))
        && (version.PreRelease.Length == 0 || _comparisons.Exists(comparison => NamesPreReleaseOf(version, comparison.Version)));

    private static bool NamesPreReleaseOf(SemanticVersion version, PartialVersion wanted) =>
        wanted.PreRelease.Length > 0 && version.Major == wanted.Major && version.Minor == wanted.Minor && version.Patch == wanted.Patch;

    private static bool Matches(SemanticVersion version, string comparison, PartialVersion wanted) => comparison switch
    {
        "=" => IsExactly(version, wanted),
        ">" => Compare(version, wanted) > 0,
        ">=" => Compare(version, wanted) >= 0,
        "<" => Compare(version, wanted) < 0,
        "<=" => Compare(version, wanted) <= 0,
        "~" => version.Major == wanted.Major && (wanted.Minor is null || version.Minor == wanted.Minor) && IsNotBefore(version, wanted),
        _ => version.Major == wanted.Major && IsCompatible(version, wanted),
    };

    private static bool IsExactly(SemanticVersion version, PartialVersion wanted) =>
        version.Major == wanted.Major && (wanted.Minor is null || version.Minor == wanted.Minor) && (wanted.Patch is null || version.Patch == wanted.Patch)
        && version.PreRelease == wanted.PreRelease;

    // what is left open is equal
    private static int Compare(SemanticVersion version, PartialVersion wanted) =>
        version.Major != wanted.Major ? version.Major.CompareTo(wanted.Major)
        : wanted.Minor is not { } minor ? 0
        : version.Minor != minor ? version.Minor.CompareTo(minor)
        : wanted.Patch is not { } patch ? 0
        : version.Patch != patch ? version.Patch.CompareTo(patch)
        : SemanticVersion.ComparePreReleases(version.PreRelease, wanted.PreRelease);

    private static bool IsNotBefore(SemanticVersion version, PartialVersion wanted) => Compare(version, wanted) >= 0;

    // the leftmost number that is not 0 stays, those behind it may grow
    private static bool IsCompatible(SemanticVersion version, PartialVersion wanted) =>
        IsNotBefore(version, wanted)
        && (wanted.Major > 0 || wanted.Minor is null
            || (version.Minor == wanted.Minor && (wanted.Minor > 0 || wanted.Patch is null || version.Patch == wanted.Patch)));
}
