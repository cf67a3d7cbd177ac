namespace Lunatic.Wasm.Model;

/// <summary>A function of the module's own. Its body stays in the module's bytes and is decoded by the validator alone.</summary>
/// <param name="TypeIndex">Index in the type section.</param>
/// <param name="BodyStart">Offset of the body in the module: first the locals' declarations, then the code.</param>
/// <param name="BodyEnd">Offset of the first byte after the body.</param>
internal readonly record struct FunctionDefinition(int TypeIndex, int BodyStart, int BodyEnd);
