namespace Lunatic.Wasm.Text;

/// <summary>What a text calls something that has an index.</summary>
internal readonly record struct IndexedName(uint Index, string Name);
