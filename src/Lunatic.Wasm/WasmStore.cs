using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm;

/// <summary>
/// What a guest's instances live in: memories, tables, globals, frames, fuel. One store per guest, used by one thread at a time
/// (<see cref="Interrupt"/> alone may be called from any). Disposing it frees everything; what belonged to it cannot be used any more.
/// </summary>
/// <remarks>
/// A guest runs in slices: <see cref="Start"/>, then <see cref="Resume"/> until it answers Completed, Trapped or Exited. No thread waits meanwhile.
/// <see cref="WasmFunction.Invoke"/> does that for those who only want to call a function.
/// </remarks>
public sealed unsafe partial class WasmStore : IDisposable
{
    private StoreContext* _context;
    private StoreState _state;

    /// <summary>Makes an empty store.</summary>
    public WasmStore(WasmStoreOptions? options = null)
    {
        Options = options ?? WasmStoreOptions.Default;
        _context = StoreContextPool.Rent();
        _caller = new WasmCaller(this);
    }

    /// <summary>Frees what a store that nobody disposed holds.</summary>
    ~WasmStore() => Release();

    /// <summary>The owner's object.</summary>
    public object? State { get => _caller.State; set => _caller.State = value; }

    /// <summary>The limits.</summary>
    public WasmStoreOptions Options { get; }

    internal StoreContext* Context => _context;

    /// <summary>What host functions of the store's guests are called with.</summary>
    internal WasmCaller Caller => _caller;

    /// <summary>Frees memories, tables and frames. A guest that is suspended is gone.</summary>
    /// <exception cref="InvalidOperationException">A guest is running.</exception>
    public void Dispose()
    {
        if (_context == null)
            return;
        if (_state == StoreState.Running)
            throw new InvalidOperationException("a store cannot be disposed by the guest that runs in it");
        Release();
        GC.SuppressFinalize(this);
    }

    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    internal void CheckUsable() => ObjectDisposedException.ThrowIf(_context == null, this);

    /// <exception cref="ArgumentException">The function belongs to another store.</exception>
    internal void CheckOwns(WasmFunction function)
    {
        if (function.Store != this)
            throw new ArgumentException("the function belongs to another store", nameof(function));
    }

    private void Release()
    {
        if (_context == null)
            return;
        ReleaseInstances();
        FrameStack.Free(_context);
        StoreContextPool.Return(_context);
        _context = null;
    }
}
