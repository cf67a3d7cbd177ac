using System.Text;
using Lunatic.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Lunatic.Docs.Tests;

/// <summary>The configuration that the guide to operations shows is one.</summary>
internal sealed class ConfigurationTests
{
    [Test]
    public async Task The_configuration_of_the_guide_starts_a_host()
    {
        string guide = await File.ReadAllTextAsync(Path.Combine(Snippet.Repository, "docs", "operations.md"));
        string json = guide.Split("```json\n")[1].Split("```")[0];
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lunatic-docs-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "pricing.wasm"), "(module)");
            var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.FullName });
            builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($"{{{json}}}")));
            builder.Services.AddLunatic(builder.Configuration.GetSection("Lunatic"));
            using IHost host = builder.Build();

            await host.StartAsync();
            Assert.That(host.Services.GetRequiredKeyedService<LunaticModule>("pricing"), Is.Not.Null);
            Assert.That(host.Services.GetRequiredKeyedService<LunaticEnvironment>("sandbox").Name, Is.EqualTo("sandbox"));
            await host.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
