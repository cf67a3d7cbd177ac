using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Lunatic.TestSupport;

/// <summary>Compares an assembly's public surface with the snapshot beside the tests, so that it grows on purpose only.</summary>
internal static class PublicSurface
{
    /// <summary>Fails with the difference; with LUNATIC_UPDATE_SURFACE=1 writes the snapshot instead.</summary>
    public static void AssertUnchanged(Assembly assembly, [CallerFilePath] string testFile = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(testFile)!, $"{assembly.GetName().Name}.txt");
        string[] actual = [.. Describe(assembly)];
        if (Environment.GetEnvironmentVariable("LUNATIC_UPDATE_SURFACE") == "1")
            File.WriteAllLines(path, actual);
        if (!File.Exists(path))
            Assert.Fail($"no snapshot {path}: run the test with LUNATIC_UPDATE_SURFACE=1 to write it, and review it");
        string[] expected = File.ReadAllLines(path);
        string difference = string.Join('\n', actual.Except(expected).Select(line => "+ " + line).Concat(expected.Except(actual).Select(line => "- " + line)));
        Assert.That(difference, Is.Empty, "the public surface changed; if on purpose, run this test with LUNATIC_UPDATE_SURFACE=1");
    }

    private static IEnumerable<string> Describe(Assembly assembly)
    {
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            yield return $"{Kind(type)} {Name(type)}";
            const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            foreach (string member in type.GetMembers(declared).Where(IsVisible).Select(Describe).Order(StringComparer.Ordinal))
                yield return $"    {member}";
        }
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && (!method.IsSpecialName || method is ConstructorInfo || method.Name.StartsWith("op_", StringComparison.Ordinal)),
        FieldInfo field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsAccessible),
        EventInfo @event => @event.AddMethod is { } add && IsAccessible(add),
        _ => false,
    };

    private static bool IsAccessible(MethodInfo method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property => $"{(property.GetAccessors(nonPublic: true)[0].IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name} {{ {string.Join(' ', property.GetAccessors(nonPublic: true).Where(IsAccessible).Select(Accessor))} }}",
        FieldInfo { IsLiteral: true, DeclaringType.IsEnum: true } value => $"{value.Name} = {Convert.ToInt64(value.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        EventInfo @event => $"event {Name(@event.EventHandlerType!)} {@event.Name}",
        _ => member.Name,
    };

    private static string Accessor(MethodInfo method)
    {
        if (method.Name.StartsWith("get_", StringComparison.Ordinal))
            return "get;";
        bool init = method.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        return init ? "init;" : "set;";
    }

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? "?" : "")}"));

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.IsByRef)
            return $"ref {Name(type.GetElementType()!)}";
        if (type.IsArray)
            return $"{Name(type.GetElementType()!)}[]";
        if (!type.IsGenericType)
            return type.FullName is { } full && full.StartsWith("System.", StringComparison.Ordinal) ? type.Name : type.FullName ?? type.Name;
        var name = new StringBuilder(type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true ? "" : $"{type.Namespace}.");
        name.Append(type.Name.Split('`')[0]).Append('<').AppendJoin(", ", type.GetGenericArguments().Select(Name)).Append('>');
        return name.ToString();
    }
}
