using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.Wasi.Descriptors;
using Lunatic.Runtime.Wasi.FileSystem;
using Lunatic.Runtime.Wasi.Stdio;

namespace Lunatic.Runtime.Wasi;

/// <summary>What WASI preview 1 keeps for one process: its descriptors. Everything else is shared by the processes of a configuration.</summary>
internal sealed class WasiState : IDisposable
{
    private readonly StandardStreams _streams;
    private DescriptorTable? _descriptors;

    /// <summary>The state of a process that starts.</summary>
    /// <param name="surroundings">Arguments, variables and directories.</param>
    /// <param name="streams">Descriptors 0 to 2.</param>
    public WasiState(WasiSurroundings surroundings, StandardStreams streams)
    {
        _streams = streams;
        Surroundings = surroundings;
    }

    /// <summary>Arguments, variables and directories.</summary>
    public WasiSurroundings Surroundings { get; }

    /// <summary>The descriptors: 0 to 2 are the standard streams, the pre-opened directories follow in their order.</summary>
    public DescriptorTable Descriptors => _descriptors ??= CreateTable();

    /// <summary>Closes what is open, at the end of the process.</summary>
    public void Dispose() => _descriptors?.Dispose();

    private DescriptorTable CreateTable()
    {
        IReadOnlyList<(HostDirectory Directory, byte[] GuestName)> directories = Surroundings.Directories;
        var descriptors = new Descriptor[3 + directories.Count];
        descriptors[0] = new InputDescriptor(StandardInput.Over(_streams.Input));
        descriptors[1] = new OutputDescriptor(StandardOutput.Over(_streams.Output));
        descriptors[2] = new OutputDescriptor(StandardOutput.Over(_streams.Error));
        for (int index = 0; index < directories.Count; index++)
            descriptors[3 + index] = new DirectoryDescriptor(directories[index].Directory, directories[index].GuestName);
        return new DescriptorTable(descriptors);
    }
}
