namespace Lunatic.Wasm.Scripts;

/// <summary>What <c>(ref.extern n)</c> refers to.</summary>
internal sealed record HostReference(ulong Number);
