using System.Collections.Immutable;

namespace Lunatic.Runtime.Configuration;

/// <summary>
/// A directory that a process finds open. The application names one of the host by its path; a process hands on one that lies in a directory of its own,
/// which is then reached from there only, step by step, by handle: whatever is renamed or replaced by links meanwhile, a child gets nothing
/// that its maker did not have.
/// </summary>
/// <param name="HostPath">The directory that the application named.</param>
/// <param name="Steps">The way from there, a relative path for each process that handed it on; none of them leads out of where it starts.</param>
/// <param name="GuestPath">The name that the guest sees.</param>
internal sealed record DirectoryGrant(string HostPath, ImmutableArray<string> Steps, string GuestPath)
{
    /// <summary>A directory that the application named.</summary>
    public DirectoryGrant(PreopenedDirectory directory)
        : this(directory.HostPath, [], directory.GuestPath)
    {
    }
}
