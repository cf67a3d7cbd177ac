using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lunatic.Runtime.Generators;

/// <summary>
/// Writes, for each class marked <c>[HostNamespace]</c>, the table of its methods marked <c>[HostFunction]</c>: name, WebAssembly type,
/// the thunk that unpacks a guest's arguments, and the address of the method itself. Host functions are bound without reflection.
/// </summary>
[Generator]
public sealed class HostFunctionGenerator : IIncrementalGenerator
{
    private const string NamespaceAttribute = "Lunatic.Runtime.HostApi.Binding.HostNamespaceAttribute";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // the finished text is the model: it compares by value, so that nothing is written anew when it stays the same
        IncrementalValuesProvider<(string File, string Text)> tables = context.SyntaxProvider.ForAttributeWithMetadataName(
            NamespaceAttribute,
            static (node, _) => node is ClassDeclarationSyntax,
            static (found, cancellation) => Write(found, cancellation));
        context.RegisterSourceOutput(tables, static (output, table) => output.AddSource(table.File, table.Text));
    }

    private static (string File, string Text) Write(GeneratorAttributeSyntaxContext found, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var type = (INamedTypeSymbol)found.TargetSymbol;
        string name = (string)found.Attributes[0].ConstructorArguments[0].Value!;
        return ($"{type.ToDisplayString()}.g.cs", HostFunctionTableWriter.Write(type, name));
    }
}
