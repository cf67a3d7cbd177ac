using Microsoft.Extensions.Configuration;

namespace Lunatic.Runtime.DependencyInjection;

/// <summary>Reads options from configuration. What the binder cannot make (rights, directories) is read here; a name that no option has is an error, not a silent default.</summary>
internal static class OptionsBinding
{
    internal const string Environments = "Environments";
    internal const string Modules = "Modules";

    internal static void Bind(IConfiguration section, LunaticRuntimeOptions options) =>
        Without(section, Environments, Modules).Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);

    internal static void Bind(IConfiguration section, EnvironmentOptions options)
    {
        Without(section, nameof(EnvironmentOptions.AllowedNamespaces), nameof(EnvironmentOptions.Directories)).Bind(options, static binder => binder.ErrorOnUnknownConfiguration = true);
        IConfigurationSection namespaces = section.GetSection(nameof(EnvironmentOptions.AllowedNamespaces));
        // an empty list in JSON has no children, but a value: it allows nothing
        if (namespaces.Exists() || namespaces.Value is not null)
            options.AllowedNamespaces = NamespacesOf(namespaces);
        foreach (IConfigurationSection directory in section.GetSection(nameof(EnvironmentOptions.Directories)).GetChildren())
            options.Directories.Add(DirectoryOf(directory));
    }

    private static NamespaceList NamespacesOf(IConfigurationSection section)
    {
        var list = new NamespaceList();
        foreach (IConfigurationSection child in section.GetChildren())
            list.Add(child.Value ?? throw new InvalidOperationException($"The configuration {child.Path} must be the name of a host namespace."));
        return list;
    }

    // either a path, or {"HostPath": …, "GuestPath": …}
    private static PreopenedDirectory DirectoryOf(IConfigurationSection section)
    {
        string host = section.Value ?? section[nameof(PreopenedDirectory.HostPath)]
            ?? throw new InvalidOperationException($"The configuration {section.Path} must be a directory, or have {nameof(PreopenedDirectory.HostPath)} and {nameof(PreopenedDirectory.GuestPath)}.");
        return new PreopenedDirectory(host, section[nameof(PreopenedDirectory.GuestPath)] ?? host);
    }

    private static IConfigurationRoot Without(IConfiguration section, params string[] names) => new ConfigurationBuilder()
        .AddInMemoryCollection(section.AsEnumerable(makePathsRelative: true).Where(pair => !names.Contains(pair.Key.Split(ConfigurationPath.KeyDelimiter)[0], StringComparer.OrdinalIgnoreCase)))
        .Build();
}
