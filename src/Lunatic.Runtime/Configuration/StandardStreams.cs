using Lunatic.Runtime.Wasi.Stdio;

namespace Lunatic.Runtime.Configuration;

/// <summary>Standard input, output and error of a process; children inherit them. Owned by whoever made them: no process closes them.</summary>
/// <param name="Input">Read as file descriptor 0.</param>
/// <param name="Output">Written as file descriptor 1.</param>
/// <param name="Error">Written as file descriptor 2.</param>
internal sealed record StandardStreams(Stream Input, Stream Output, Stream Error)
{
    /// <summary>No input; output goes nowhere.</summary>
    public static StandardStreams None { get; } = new(Stream.Null, Stream.Null, Stream.Null);

    /// <summary>The streams of an environment's options, the host's own where they name none.</summary>
    public static StandardStreams Of(EnvironmentOptions options) => new(
        options.StandardInput ?? HostConsole.Streams.Input,
        options.StandardOutput ?? HostConsole.Streams.Output,
        options.StandardError ?? HostConsole.Streams.Error);
}
