namespace Lunatic.Runtime;

/// <summary>A directory of the host that guests may use.</summary>
/// <param name="HostPath">The directory on the host.</param>
/// <param name="GuestPath">The path under which guests see it.</param>
public sealed record PreopenedDirectory(string HostPath, string GuestPath)
{
    /// <summary>A directory that guests see under the host's path.</summary>
    public PreopenedDirectory(string path)
        : this(path, path)
    {
    }
}
