namespace Lunatic.Wasm;

/// <summary>A guest that was called from C# ended itself with an exit code (see <see cref="WasmCaller.Exit"/>).</summary>
public sealed class WasmExitException : Exception
{
    internal WasmExitException(int exitCode)
        : base($"the guest ended itself with exit code {exitCode}") => ExitCode = exitCode;

    /// <summary>The exit code.</summary>
    public int ExitCode { get; }
}
