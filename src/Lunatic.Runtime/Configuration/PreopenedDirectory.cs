namespace Lunatic.Runtime.Configuration;

/// <summary>A directory of the host that a guest may use.</summary>
/// <param name="HostPath">Where it lies on the host.</param>
/// <param name="GuestPath">The name that the guest sees.</param>
internal sealed record PreopenedDirectory(string HostPath, string GuestPath);
