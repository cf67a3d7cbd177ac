using Lunatic.Runtime.Configuration;

namespace Lunatic.Runtime.Wasi.Stdio;

/// <summary>Standard input, output and error of the host's own process, opened once.</summary>
internal static class HostConsole
{
    private static readonly Lazy<StandardStreams> LazyStreams = new(
        static () => new StandardStreams(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.OpenStandardError()));

    /// <summary>The three streams; what guests get where the application says nothing else.</summary>
    public static StandardStreams Streams => LazyStreams.Value;

    /// <summary>Whether a stream is one of the three and a terminal.</summary>
    public static bool IsTerminal(Stream stream) => LazyStreams.IsValueCreated
        && (ReferenceEquals(stream, Streams.Input) ? !Console.IsInputRedirected
            : ReferenceEquals(stream, Streams.Output) ? !Console.IsOutputRedirected
            : ReferenceEquals(stream, Streams.Error) && !Console.IsErrorRedirected);
}
