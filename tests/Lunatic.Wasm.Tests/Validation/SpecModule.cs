namespace Lunatic.Wasm.Tests.Validation;

/// <summary>A binary module of a script: what the script asserts of it, and the error text it expects.</summary>
internal sealed record SpecModule(int Line, string Command, string Text, byte[] Bytes);
