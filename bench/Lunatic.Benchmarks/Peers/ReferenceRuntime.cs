using System.Diagnostics.CodeAnalysis;

namespace Lunatic.Benchmarks.Peers;

/// <summary>The reference runtime, unpacked into a temporary folder for the time of the run.</summary>
internal static class ReferenceRuntime
{
    private static string? _command;

    /// <summary>Unpacks it, once.</summary>
    /// <param name="command">The executable.</param>
    /// <param name="reason">Why there is none.</param>
    public static bool TryUnpack(out string command, out string reason)
    {
        reason = "";
        command = _command ?? "";
        if (_command is not null)
            return true;
        if (!OperatingSystem.IsLinux())
            reason = "is built for Linux on x64";
        else if (SharedFiles.Find("peers", "lunatic-0.13.2-linux-x64.xz") is not { } packed)
            reason = SharedFiles.Missing;
        else if (Programs.FindInPath("xz") is null)
            reason = "needs xz in the path";
        else
            return TryUnpack(packed, out command, out reason);
        return false;
    }

    [SuppressMessage("Interoperability", "CA1416", Justification = "Only called on Linux.")]
    private static bool TryUnpack(string packed, out string command, out string reason)
    {
        string folder = Directory.CreateTempSubdirectory("lunatic-peer-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        command = Path.Combine(folder, "lunatic");
        reason = "";
        try
        {
            Programs.Run("sh", ["-c", "xz -dkc \"$0\" > \"$1\" && chmod +x \"$1\"", packed, command]);
            Programs.Run(command, ["--version"]);
            _command = command;
            return true;
        }
        catch (InvalidOperationException exception)
        {
            // Usually a missing libsqlite3 or libssl.
            reason = exception.Message;
            return false;
        }
    }
}
