namespace Lunatic.Wasm.Hosting;

/// <summary>What an imported host function of type (address i32, length i32) → i32 does when a <see cref="ByteWindow"/> is open that can serve the call.</summary>
internal enum ByteWindowUse
{
    /// <summary>Nothing of the kind; it is always called.</summary>
    None,

    /// <summary>Appends the bytes at the address and gives their number.</summary>
    Append,

    /// <summary>Takes bytes, puts them at the address and gives their number.</summary>
    Take,
}
