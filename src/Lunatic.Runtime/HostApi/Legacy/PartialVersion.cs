using System.Globalization;
using System.Text.RegularExpressions;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary>A version of which the end may be missing, or a wildcard.</summary>
/// <param name="Major">The first number.</param>
/// <param name="Minor">The second number, or null.</param>
/// <param name="Patch">The third number, or null.</param>
/// <param name="PreRelease">What stands behind the hyphen.</param>
/// <param name="Build">What stands behind the plus.</param>
/// <param name="HasWildcard">Whether <c>*</c> stands in the place of a number.</param>
internal sealed partial record PartialVersion(ulong Major, ulong? Minor, ulong? Patch, string PreRelease, string Build, bool HasWildcard)
{
    /// <summary>Reads one; null if it is none.</summary>
    public static PartialVersion? Parse(string text)
    {
        Match match = Form().Match(text);
        if (!match.Success || !TryNumber(match.Groups["major"], out ulong? major) || !TryNumber(match.Groups["minor"], out ulong? minor)
            || !TryNumber(match.Groups["patch"], out ulong? patch) || (minor is null && patch is not null))
            return null;
        return new PartialVersion(major!.Value, minor, patch, match.Groups["pre"].Value, match.Groups["build"].Value, match.Groups["any"].Success);
    }

    private static bool TryNumber(Group group, out ulong? number)
    {
        number = null;
        if (!group.Success)
            return true;
        bool isNumber = ulong.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value);
        number = value;
        return isNumber;
    }

    [GeneratedRegex(
        @"\A(?<major>0|[1-9][0-9]*)(\.((?<minor>0|[1-9][0-9]*)|(?<any>[*xX]))(\.((?<patch>0|[1-9][0-9]*)|(?<any>[*xX]))"
        + @"(-(?<pre>(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?"
        + @"(\+(?<build>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
