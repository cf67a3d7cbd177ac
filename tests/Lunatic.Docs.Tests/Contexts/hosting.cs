using Lunatic.Runtime;
using Lunatic.Runtime.DependencyInjection;
using Lunatic.Runtime.Supervision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

DirectoryInfo folder = Directory.CreateTempSubdirectory("lunatic-docs-");
File.WriteAllText(Path.Combine(folder.FullName, "pricing.wasm"), """
    (module
      (import "lunatic::message" "receive" (func $receive (param i32 i32 i64) (result i32)))
      (func (export "serve") (drop (call $receive (i32.const 0) (i32.const 0) (i64.const -1)))))
    """);
var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.FullName });
builder.Configuration.AddInMemoryCollection([new("Lunatic:Workers", "1"), new("Lunatic:Environments:sandbox:MaxMemory", "67108864")]);
builder.Services.AddScoped<Db>();

/* snippet */

using (IHost host = builder.Build())
{
    await host.StartAsync();
    Supervisor workers = host.Services.GetRequiredKeyedService<Supervisor>("workers");
    NUnit.Framework.Assert.That(workers["pricing"].State, NUnit.Framework.Is.EqualTo(ChildState.Running));
    NUnit.Framework.Assert.That(workers["stock"].State, NUnit.Framework.Is.EqualTo(ChildState.Running));
    await host.StopAsync();
}
folder.Delete(recursive: true);

static async Task StockAsync(NativeProcessContext context, Db? db = null) => await context.ReceiveAsync(context.StopRequested);

internal sealed class Db;
