using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Lunatic.Wasm.Compilation.Emission;

/// <summary>
/// A method made at run time. Its machine code lives as long as this object: calling it later ends the process, so whoever publishes
/// <see cref="Entry"/> keeps the object.
/// </summary>
internal sealed class GeneratedMethod
{
    private readonly DynamicMethod _method;

    public GeneratedMethod(string name, Type result, Type[] parameters)
    {
        _method = new DynamicMethod(name, result, parameters, typeof(GeneratedMethod).Module, skipVisibility: true) { InitLocals = false };
        Generator = _method.GetILGenerator();
    }

    public ILGenerator Generator { get; }

    /// <summary>The final address of the machine code.</summary>
    public nint Entry { get; private set; }

    /// <summary>Makes machine code of what was emitted.</summary>
    public void Complete()
    {
        RuntimeMethodHandle handle = DescriptorOf(_method);
        // before this the pointer is one to a stub of the runtime
        RuntimeHelpers.PrepareMethod(handle);
        Entry = handle.GetFunctionPointer();
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetMethodDescriptor")]
    private static extern RuntimeMethodHandle DescriptorOf(DynamicMethod method);
}
