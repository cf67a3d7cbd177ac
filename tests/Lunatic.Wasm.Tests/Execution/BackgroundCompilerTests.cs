using System.Runtime.CompilerServices;
using Lunatic.Wasm.Execution;
using Lunatic.Wasm.Instances;
using Lunatic.Wasm.Tests.Instances;

namespace Lunatic.Wasm.Tests.Execution;

/// <summary>What waits to be compiled: the order, the bounds, and what becomes of modules and stores meanwhile.</summary>
public unsafe class BackgroundCompilerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // nothing is compiled but by the test
    private readonly BackgroundCompiler _compiler = new(maxThreads: 0, TimeSpan.Zero);

    [Test]
    public void The_hottest_comes_first_and_large_functions_have_to_be_hotter()
    {
        ModuleCode code = Module(3).Code;
        code.Functions[0].Heat = 60_000;
        code.Functions[1].Heat = 90_000;
        code.Functions[2].Heat = 95_000;
        code.Functions[2].InstructionCount = 5_000;
        var module = new WeakReference<ModuleCode>(code);
        for (int i = 0; i < 3; i++)
            _compiler.Enqueue(new CompileRequest(module, i, Resumes: false));
        List<int> order = [];
        while (_compiler.TryCompileNext())
            order.AddRange(Enumerable.Range(0, 3).Where(i => code.Functions[i].CompiledEntry != 0 && !order.Contains(i)));
        Assert.That(order, Is.EqualTo(new[] { 1, 0, 2 }));
    }

    [Test]
    public void When_too_many_wait_the_coldest_is_given_up_and_may_be_asked_for_again()
    {
        const int Count = BackgroundCompiler.Capacity + 10;
        ModuleCode code = Module(Count).Code;
        var module = new WeakReference<ModuleCode>(code);
        for (int i = 0; i < Count; i++)
        {
            code.Functions[i].Heat = 50_000 + (i * 7919 % Count);
            code.Functions[i].Requested = FunctionCode.EntryRequested;
            _compiler.Enqueue(new CompileRequest(module, i, Resumes: false));
        }
        Assert.That(_compiler.Waiting, Is.EqualTo(BackgroundCompiler.Capacity));
        long[] givenUp = [.. Enumerable.Range(0, Count).Where(i => code.Functions[i].Requested == 0).Select(i => code.Functions[i].Heat).Order()];
        Assert.That(givenUp, Is.EqualTo(Enumerable.Range(0, 10).Select(i => 50_000L + i)));
    }

    [Test]
    public void What_waits_does_not_keep_its_module()
    {
        WeakReference dropped = EnqueueAndDrop();
        Collect();
        Assert.That(dropped.IsAlive, Is.False);
        Assert.That(_compiler.Waiting, Is.EqualTo(3));
        Assert.That(_compiler.TryCompileNext(), Is.False);
        Assert.That(_compiler.Waiting, Is.Zero);
    }

    [Test]
    public void Threads_come_with_work_and_end_when_there_is_none()
    {
        var compiler = new BackgroundCompiler(maxThreads: 2, TimeSpan.Zero);
        ModuleCode code = Module(20).Code;
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 20; i++)
                compiler.Enqueue(new CompileRequest(new WeakReference<ModuleCode>(code), i, Resumes: round == 1));
            Assert.That(compiler.Threads, Is.LessThanOrEqualTo(2));
            Assert.That(SpinWait.SpinUntil(() => compiler.Threads == 0, Patience), Is.True, "threads did not end");
            Assert.That(compiler.Waiting, Is.Zero);
        }
        for (int i = 0; i < 20; i++)
        {
            Assert.That(code.Functions[i].CompiledEntry, Is.Not.Zero);
            Assert.That(code.Functions[i].ResumeEntry, Is.Not.Zero);
        }
    }

    [Test]
    public void Stores_may_be_disposed_while_their_functions_are_compiled()
    {
        for (int i = 0; i < 50; i++)
        {
            using var store = new WasmStore();
            WasmInstance instance = TestInstance.Create(store, $"(module (func (export \"f\") (loop $l (br_if $l (i32.const {i + 1})))))");
            FunctionCode* code = instance.GetFunction("f")!.Code;
            store.Start(instance.GetFunction("f")!);
            while (code->Requested == 0)
                Assert.That(store.Resume(100_000), Is.EqualTo(ExecutionStatus.Preempted));
        }
        Assert.That(SpinWait.SpinUntil(() => BackgroundCompiler.Shared.IsIdle, Patience), Is.True, "the compiler does not come to rest");
    }

    [Test]
    public void Ten_thousand_modules_with_compiled_functions_come_and_go()
    {
        const int Modules = 10_000;
        const int WarmUp = 1_000;
        for (int i = 0; i < WarmUp; i++)
            CompileAndDrop(i);
        Collect();
        long before = Environment.WorkingSet;
        for (int i = 0; i < Modules; i++)
            CompileAndDrop(i);
        Collect();
        // code that stayed would be 8 KB a module at the least
        Assert.That(Environment.WorkingSet - before, Is.LessThan(40 << 20));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CompileAndDrop(int number)
    {
        using var store = new WasmStore();
        WasmInstance instance = TestInstance.Create(store, $"(module (func $g (result i32) (i32.const {number})) (func (export \"f\") (result i32) (call $g)))");
        Assert.That(instance.Code.TryCompile(instance.Code.Functions), Is.True);
        Assert.That(instance.Code.TryCompile(instance.Code.Functions + 1), Is.True);
        Assert.That(instance.Call("f"), Is.EqualTo(number));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference EnqueueAndDrop()
    {
        WasmModule module = Module(3);
        for (int i = 0; i < 3; i++)
            _compiler.Enqueue(new CompileRequest(new WeakReference<ModuleCode>(module.Code), i, Resumes: false));
        return new WeakReference(module);
    }

    private static WasmModule Module(int functions) =>
        WasmModule.Parse($"(module {string.Concat(Enumerable.Range(0, functions).Select(i => $"(func (result i32) (i32.const {i}))"))})");

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
