using System.Reflection;

namespace Lunatic.Runtime;

/// <summary>A host function of the application, not bound yet.</summary>
/// <param name="Namespace">The module name of the import.</param>
/// <param name="Name">The import's name.</param>
/// <param name="Method">What is called.</param>
/// <param name="Target">On what; null for a static method.</param>
/// <param name="Parameters">What it takes, as it was written: a delegate's own parameters have neither names nor nullability.</param>
internal sealed record HostFunctionDefinition(string Namespace, string Name, MethodInfo Method, object? Target, ParameterInfo[] Parameters)
{
    /// <summary>Both names, as guests' traps show them.</summary>
    internal string FullName => $"{Namespace}::{Name}";
}
