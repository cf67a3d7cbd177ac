namespace Lunatic.Runtime.Configuration;

/// <summary>Which directories a process may hand on to its children: those it has open itself, and what lies in them.</summary>
internal static class DirectoryRights
{
    /// <summary>
    /// Resolves a directory that a guest names, by the guest's name for one of its <paramref name="own"/> directories or by the host's. Null when it lies
    /// outside all of them, also by <c>..</c>; symbolic links below them are refused, since they may lead anywhere.
    /// </summary>
    public static PreopenedDirectory? Find(IEnumerable<PreopenedDirectory> own, string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            return null;
        foreach (PreopenedDirectory directory in own)
        {
            if ((Resolve(directory, directory.GuestPath, path) ?? Resolve(directory, directory.HostPath, path)) is { } host)
                return new PreopenedDirectory(host, path);
        }
        return null;
    }

    /// <summary>The host path of <paramref name="path"/> if that is, or lies in, <paramref name="directory"/> under the name <paramref name="name"/>.</summary>
    private static string? Resolve(PreopenedDirectory directory, string name, string path)
    {
        string relative = Path.GetRelativePath(Path.GetFullPath(name), Path.GetFullPath(path));
        if (relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(relative))
            return null;
        string host = Path.GetFullPath(directory.HostPath);
        if (relative == ".")
            return host;
        foreach (string part in relative.Split(Path.DirectorySeparatorChar))
        {
            host = Path.Combine(host, part);
            if (new DirectoryInfo(host).LinkTarget is not null)
                return null;
        }
        return host;
    }
}
