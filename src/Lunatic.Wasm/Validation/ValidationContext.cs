using Lunatic.Wasm.Model;

namespace Lunatic.Wasm.Validation;

/// <summary>What the validation of function bodies needs to know beside the module.</summary>
/// <param name="module">The module.</param>
/// <param name="isKnownValid">Whether the module has been validated before, so that references need no check.</param>
internal sealed class ValidationContext(ModuleDefinition module, bool isKnownValid = false)
{
    private readonly HashSet<int> _referenced = [];
    private readonly Lock _lock = new();

    public ModuleDefinition Module { get; } = module;

    /// <summary>The first use of a feature that is off; told when nothing else is wrong.</summary>
    public WasmInvalidException? FeatureOff { get; private set; }

    /// <summary>Marks a function as occurring outside function bodies, so that ref.func may name it.</summary>
    public void AddReference(int function) => _referenced.Add(function);

    public bool IsReferenced(int function) => isKnownValid || _referenced.Contains(function);

    public void AddFeatureOff(string feature, int offset)
    {
        lock (_lock)
        {
            if (FeatureOff is null || offset < FeatureOff.Offset)
                FeatureOff = new WasmInvalidException($"{feature} is not supported", offset);
        }
    }
}
