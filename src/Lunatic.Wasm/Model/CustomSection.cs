namespace Lunatic.Wasm.Model;

/// <summary>A custom section: name and the range of its contents in the module's bytes.</summary>
internal readonly record struct CustomSection(string Name, int Start, int Length);
