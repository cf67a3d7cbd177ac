using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Version;

/// <summary><c>lunatic::version</c>: the version of the host API, 0.13.2. It does not tell the version of this runtime.</summary>
[HostNamespace("lunatic::version")]
internal static partial class VersionApi
{
    /// <summary>The first number, 0.</summary>
    [HostFunction("major")]
    public static int Major(ProcessContext context) => 0;

    /// <summary>The second number, 13.</summary>
    [HostFunction("minor")]
    public static int Minor(ProcessContext context) => 13;

    /// <summary>The third number, 2.</summary>
    [HostFunction("patch")]
    public static int Patch(ProcessContext context) => 2;
}
