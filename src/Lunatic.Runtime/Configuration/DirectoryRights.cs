namespace Lunatic.Runtime.Configuration;

/// <summary>Which directories a process may hand on to its children: those it has open itself, and what lies in them.</summary>
internal static class DirectoryRights
{
    /// <summary>
    /// Resolves a directory that a guest names, by the guest's name for one of its <paramref name="own"/> directories or, for those that the application
    /// named, by the host's. Null when the name lies outside all of them, also by <c>..</c>. Only names are compared here: that nothing else leads
    /// out, and that the directory exists, shows when it is opened for the child.
    /// </summary>
    public static DirectoryGrant? Find(IReadOnlyList<DirectoryGrant> own, string path)
    {
        if (Locate(own, path) is not (int index, string relative))
            return null;
        DirectoryGrant directory = own[index];
        return directory with { Steps = relative == "." ? directory.Steps : directory.Steps.Add(relative), GuestPath = path };
    }

    /// <summary>In which of the directories a path lies, and the way from there; null when it lies outside all of them. The names are those of <see cref="Find"/>.</summary>
    public static (int Index, string Relative)? Locate(IReadOnlyList<DirectoryGrant> own, string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            return null;
        for (int index = 0; index < own.Count; index++)
        {
            DirectoryGrant directory = own[index];
            string? relative = Relative(directory.GuestPath, path);
            if (relative is null && directory.Steps.IsEmpty)
                relative = Relative(directory.HostPath, path);
            if (relative is not null)
                return (index, relative);
        }
        return null;
    }

    /// <summary>The way from a directory to a path in it; null when the path lies elsewhere.</summary>
    private static string? Relative(string directory, string path)
    {
        string relative = Path.GetRelativePath(Path.GetFullPath(directory), Path.GetFullPath(path));
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? null
            : relative;
    }
}
