using System.Text;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Types;

namespace Lunatic.Runtime.Tests.Wasi.FileSystem;

/// <summary>A directory of the host with a guest's directory in it, for one test; what lies beside the guest's directory is out of bounds.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _outer = Directory.CreateTempSubdirectory("lunatic-wasi-");

    public TemporaryDirectory(PathResolver? resolver = null)
    {
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(_outer.FullName, "secret"), "secret");
        Directory.CreateDirectory(Path.Combine(_outer.FullName, "outside"));
        File.WriteAllText(Path.Combine(_outer.FullName, "outside", "secret"), "secret");
        Guest = HostDirectory.OpenHostPath(Root, resolver);
    }

    /// <summary>The host path of the guest's directory.</summary>
    public string Root => Path.Combine(_outer.FullName, "guest");

    /// <summary>The host path of what the guest must not reach.</summary>
    public string Outer => _outer.FullName;

    /// <summary>The guest's directory.</summary>
    public HostDirectory Guest { get; }

    public void Dispose()
    {
        Guest.Dispose();
        _outer.Delete(recursive: true);
    }

    public string Host(string path) => Path.Combine(Root, path);

    public Errno Open(string path, bool follow = true, int flags = LinuxFlags.ReadOnly) => Open(path, follow, flags, out _);

    public Errno Open(string path, bool follow, int flags, out string? content)
    {
        content = null;
        Errno error = Guest.Open(Parse(path), follow, flags, out HostFile? file, out HostDirectory? directory);
        directory?.Dispose();
        using (file)
        {
            if (file is null || (flags & LinuxFlags.WriteOnly) != 0)
                return error;
            byte[] buffer = new byte[1000];
            Assert.That(file.Read(buffer, out int count), Is.EqualTo(Errno.Success));
            content = Encoding.UTF8.GetString(buffer, 0, count);
            return error;
        }
    }

    public HostFile OpenFile(string path, int flags)
    {
        Assert.That(Guest.Open(Parse(path), true, flags, out HostFile? file, out _), Is.EqualTo(Errno.Success));
        return file!;
    }

    public Errno CreateDirectory(string path) => Guest.CreateDirectory(Parse(path));

    public Errno RemoveDirectory(string path) => Guest.RemoveDirectory(Parse(path));

    public Errno UnlinkFile(string path) => Guest.UnlinkFile(Parse(path));

    public Errno Rename(string path, string newPath) => Guest.Rename(Parse(path), Guest, Parse(newPath));

    public Errno Link(string path, string newPath) => Guest.Link(Parse(path), Guest, Parse(newPath));

    public Errno Symlink(string target, string path) => Guest.Symlink(Parse(target), Parse(path));

    public Errno GetStatus(string path, bool follow, out FileStatus status) => Guest.GetStatus(Parse(path), follow, out status);

    public Errno SetTimes(string path, bool follow, ulong nanoseconds) =>
        Guest.SetTimes(Parse(path), follow, Timespec.Omit, Timespec.FromNanoseconds(nanoseconds));

    public Errno ReadLink(string path, out string text)
    {
        byte[] buffer = new byte[100];
        Errno error = Guest.ReadLink(Parse(path), buffer, out int count);
        text = Encoding.UTF8.GetString(buffer, 0, count);
        return error;
    }

    private static GuestPath Parse(string path)
    {
        Assert.That(GuestPath.TryCreate(Encoding.UTF8.GetBytes(path), new byte[GuestPath.BufferBytes], out GuestPath parsed), Is.EqualTo(Errno.Success), path);
        return parsed;
    }
}
