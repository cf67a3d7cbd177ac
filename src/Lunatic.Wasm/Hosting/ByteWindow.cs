using System.Runtime.InteropServices;
using Lunatic.Wasm.Instances;

namespace Lunatic.Wasm.Hosting;

/// <summary>
/// A piece of memory that stands in for something of the host that a guest writes or reads byte by byte. While it is open, compiled code does such calls itself
/// (<see cref="ByteWindowUse"/>), as long as there is room or bytes are left; any other call reaches the host function. It is open for one of the two, or closed.
/// </summary>
/// <remarks>
/// Only the host functions that use it open it: so it is closed in a store that may not call them. It holds the only copy of what was appended, and the only
/// knowledge of how much was taken, until it is closed. Whoever closes a store closes it before.
/// </remarks>
internal sealed unsafe class ByteWindow(WasmStore store)
{
    private byte* _start;
    private bool _appends;

    public bool IsOpen => _start != null;

    /// <summary>Whether it is open for appending.</summary>
    public bool Appends => IsOpen && _appends;

    /// <summary>What was appended since it was opened; to be used until it is closed.</summary>
    public ReadOnlySpan<byte> Appended => new(_start, (int)(store.Context->AppendNext - _start));

    /// <summary>How many bytes were taken since it was opened.</summary>
    public int Taken => (int)(store.Context->TakeNext - _start);

    /// <summary>Opens it for up to so many bytes to be appended.</summary>
    public void OpenForAppending(int length)
    {
        Allocate(length, appends: true);
        store.Context->AppendNext = _start;
        store.Context->AppendEnd = _start + length;
    }

    /// <summary>Opens it with a copy of bytes that can be taken.</summary>
    public void OpenForTaking(ReadOnlySpan<byte> bytes)
    {
        Allocate(bytes.Length, appends: false);
        bytes.CopyTo(new Span<byte>(_start, bytes.Length));
        store.Context->TakeNext = _start;
        store.Context->TakeEnd = _start + bytes.Length;
    }

    /// <summary>Appends a few bytes.</summary>
    /// <returns>False: it is not open for that, or has not enough room; nothing is done.</returns>
    public bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        StoreContext* context = store.Context;
        if (!Appends || bytes.Length > context->AppendEnd - context->AppendNext)
            return false;
        bytes.CopyTo(new Span<byte>(context->AppendNext, bytes.Length));
        context->AppendNext += bytes.Length;
        return true;
    }

    /// <summary>Takes a few bytes.</summary>
    /// <returns>False: it is not open for that, or has not so many left; nothing is done.</returns>
    public bool TryTake(Span<byte> bytes)
    {
        StoreContext* context = store.Context;
        if (!IsOpen || _appends || bytes.Length > context->TakeEnd - context->TakeNext)
            return false;
        new ReadOnlySpan<byte>(context->TakeNext, bytes.Length).CopyTo(bytes);
        context->TakeNext += bytes.Length;
        return true;
    }

    /// <summary>Closes it and gives the memory back.</summary>
    public void Close()
    {
        StoreContext* context = store.Context;
        context->AppendNext = context->AppendEnd = context->TakeNext = context->TakeEnd = null;
        NativeMemory.Free(_start);
        _start = null;
    }

    private void Allocate(int length, bool appends)
    {
        if (IsOpen)
            throw new InvalidOperationException("the window is open");
        _start = (byte*)NativeMemory.Alloc((nuint)length);
        _appends = appends;
    }
}
