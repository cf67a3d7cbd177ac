using Lunatic.Runtime.Configuration;

namespace Lunatic.Runtime.Distribution;

/// <summary>A process that a guest wants on another node.</summary>
/// <param name="Node">The node.</param>
/// <param name="EnvironmentId">The number of the environment, on both nodes.</param>
/// <param name="ModuleId">The number by which all nodes know the module.</param>
/// <param name="Function">The entry function.</param>
/// <param name="Parameters">Its arguments as the guest packed them, 17 bytes each.</param>
/// <param name="Configuration">What the process may do.</param>
internal sealed record RemoteSpawn(long Node, long EnvironmentId, long ModuleId, string Function, ReadOnlyMemory<byte> Parameters, ProcessConfiguration Configuration);
