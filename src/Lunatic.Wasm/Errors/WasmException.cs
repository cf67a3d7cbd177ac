namespace Lunatic.Wasm;

/// <summary>What goes wrong between reading a module and having an instance of it. Each stage has its own subclass.</summary>
public abstract class WasmException : Exception
{
    private protected WasmException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
