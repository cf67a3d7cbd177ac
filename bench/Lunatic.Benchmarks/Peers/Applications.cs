namespace Lunatic.Benchmarks.Peers;

/// <summary>The public programs of the shared folder, unpacked into a temporary folder for the time of the run.</summary>
internal static class Applications
{
    private static string? _folder;

    /// <summary>Unpacks them, once.</summary>
    /// <param name="name">The wanted file's name.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="reason">Why it is not to be had.</param>
    public static bool TryUnpack(string name, out string path, out string reason)
    {
        path = "";
        reason = "";
        if (_folder is null)
        {
            if (SharedFiles.Find("apps", "apps.tar.xz") is not { } packed)
            {
                reason = SharedFiles.Missing;
                return false;
            }
            if (Programs.FindInPath("tar") is not { } tar || Programs.FindInPath("xz") is null)
            {
                reason = "needs tar and xz in the path";
                return false;
            }
            string folder = Directory.CreateTempSubdirectory("lunatic-apps-").FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
            Programs.Run(tar, ["-xJf", packed, "-C", folder]);
            _folder = folder;
        }
        path = Directory.EnumerateFiles(_folder, name, SearchOption.AllDirectories).FirstOrDefault() ?? "";
        reason = path.Length > 0 ? "" : $"there is no {name} among the programs";
        return path.Length > 0;
    }
}
