namespace Lunatic.Wasm.Validation;

/// <summary>The target of a branch, as sinks see it.</summary>
/// <param name="Frame">The target's place among the open blocks, 0 being the function itself.</param>
/// <param name="IsLoop">Whether the branch goes to the begin of a loop, not to the end of a block.</param>
/// <param name="Arity">Number of operands carried.</param>
/// <param name="AritySlots">The slots they take.</param>
/// <param name="HeightSlots">Slots of operands at the target below those carried.</param>
internal readonly record struct Label(int Frame, bool IsLoop, int Arity, int AritySlots, int HeightSlots);
