using Lunatic.Runtime.HostApi.Binding;

namespace Lunatic.Runtime.HostApi.Process;

/// <summary><c>lunatic::process</c>: configurations, modules, spawning, links, monitors, sleep. The parts lie in a file each.</summary>
[HostNamespace("lunatic::process")]
internal static partial class ProcessApi
{
}
