using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Legacy;

/// <summary><c>lunatic::version</c> of the old generation: the last runtime that spoke it.</summary>
[HostNamespace("lunatic::version")]
internal static partial class LegacyVersionApi
{
    /// <summary>0.</summary>
    [HostFunction("major")]
    public static int Major(ProcessContext context) => 0;

    /// <summary>7.</summary>
    [HostFunction("minor")]
    public static int Minor(ProcessContext context) => 7;

    /// <summary>5.</summary>
    [HostFunction("patch")]
    public static int Patch(ProcessContext context) => 5;
}
