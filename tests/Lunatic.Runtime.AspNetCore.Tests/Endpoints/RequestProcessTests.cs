using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Lunatic.Runtime.AspNetCore.Tests.Endpoints;

internal sealed class RequestProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Test]
    public async Task A_request_is_handled_by_a_process_of_its_own()
    {
        await using WebApplication application = await StartAsync(async (context, request) => await request.Response.WriteAsync($"process {context.Self.Id.LocalId}"));
        using HttpClient client = application.GetTestClient();

        Assert.That(await client.GetStringAsync("/work"), Is.EqualTo("process 1"));
        Assert.That(await client.GetStringAsync("/work"), Is.EqualTo("process 2"));
    }

    [Test]
    public async Task An_aborted_request_kills_its_process()
    {
        TaskCompletionSource<LunaticProcess> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebApplication application = await StartAsync(async (context, _) =>
        {
            started.SetResult(context.Self);
            await context.ReceiveAsync();
        });
        using HttpClient client = application.GetTestClient();
        using CancellationTokenSource abort = new();
        Task<HttpResponseMessage> request = client.GetAsync("/work", abort.Token);

        LunaticProcess process = await started.Task.WaitAsync(Limit);
        await abort.CancelAsync();

        Assert.That(await process.Completion.WaitAsync(Limit), Is.EqualTo(ExitReason.Killed));
        Assert.CatchAsync<OperationCanceledException>(() => request);
    }

    [Test]
    public async Task The_exception_of_a_body_is_the_requests()
    {
        await using WebApplication application = await StartAsync((_, _) => throw new InvalidDataException("broken"));
        using HttpClient client = application.GetTestClient();

        InvalidDataException failure = Assert.ThrowsAsync<InvalidDataException>(() => client.GetAsync("/work"))!;
        Assert.That(failure.Message, Is.EqualTo("broken"));
    }

    [Test]
    public async Task A_killed_process_answers_503_when_its_body_has_let_go_of_the_request()
    {
        bool ended = false;
        await using WebApplication application = await StartAsync(async (context, _) =>
        {
            context.Self.Kill();
            try
            {
                await context.ReceiveAsync();
            }
            finally
            {
                ended = true;
            }
        });
        using HttpClient client = application.GetTestClient();

        Assert.That((await client.GetAsync("/work")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(ended);
    }

    [Test]
    public async Task A_full_environment_answers_503()
    {
        await using WebApplication application = await StartAsync((_, _) => Task.CompletedTask, options => options.MaxProcesses = 1);
        application.Services.GetRequiredKeyedService<LunaticEnvironment>("requests").Spawn(async context => await context.ReceiveAsync());
        using HttpClient client = application.GetTestClient();

        Assert.That((await client.GetAsync("/work")).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    private static Task<WebApplication> StartAsync(Func<NativeProcessContext, HttpContext, Task> body, Action<EnvironmentOptions>? configure = null) =>
        TestApplication.StartAsync(services => services.AddLunatic().AddEnvironment("requests", configure), application => application.MapProcess("/work", "requests", body));
}
