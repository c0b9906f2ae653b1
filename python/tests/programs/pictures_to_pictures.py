"""Pictures from pictures: autoencoders, super resolution from files, segmentation with a U-Net."""

import os
import shutil
import tempfile

import numpy as np
import tensorflow as tf

tf.random.set_seed(4)
np.random.seed(4)
folder = tempfile.mkdtemp()
size = 32


def scene(number):
    rng = np.random.RandomState(number)
    yy, xx = np.mgrid[0:size * 2, 0:size * 2]
    picture = np.ones((size * 2, size * 2, 3)) * rng.rand(3) * 0.4
    for _ in range(4):
        cx, cy, r = rng.randint(8, size * 2 - 8, 3)
        picture[(xx - cx) ** 2 + (yy - cy) ** 2 < (r / 4 + 3) ** 2] = rng.rand(3)
    return (picture * 255).astype('uint8')


for i in range(24):
    data = tf.io.encode_jpeg(scene(i), quality=95)
    tf.io.write_file(os.path.join(folder, '%03d.jpg' % i), data)

# Autoencoders.
small = np.array([scene(i)[::4, ::4].mean(axis=-1) for i in range(300)]) / 255.0
print(small.shape)
x = small.reshape(-1, 256)
model = tf.keras.Sequential([
    tf.keras.layers.Dense(128, activation='relu', input_shape=(256,)),
    tf.keras.layers.Dense(32, activation='relu'),
    tf.keras.layers.Dense(128, activation='relu'),
    tf.keras.layers.Dense(256, activation='sigmoid'),
])
model.compile(optimizer=tf.optimizers.Adam(), loss='mse')
model.summary()
model.fit(x, x, epochs=20, batch_size=64, verbose=0)
print('RESULT dense', model.evaluate(x, x, verbose=0))

x = small.reshape(-1, 16, 16, 1)


def build(activation):
    model = tf.keras.Sequential([
        tf.keras.layers.Conv2D(filters=16, kernel_size=2, strides=(2, 2), activation=activation, input_shape=(16, 16, 1)),
        tf.keras.layers.Conv2D(filters=32, kernel_size=2, strides=(2, 2), activation=activation),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(32, activation=activation),
        tf.keras.layers.Dense(4 * 4 * 32, activation=activation),
        tf.keras.layers.Reshape(target_shape=(4, 4, 32)),
        tf.keras.layers.Conv2DTranspose(filters=16, kernel_size=2, strides=(2, 2), padding='same', activation=activation),
        tf.keras.layers.Conv2DTranspose(filters=1, kernel_size=2, strides=(2, 2), padding='same', activation='sigmoid'),
    ])
    return model


for activation in ('relu', 'elu'):
    model = build(activation)
    model.compile(optimizer=tf.optimizers.Adam(), loss='mse')
    model.fit(x, x, epochs=10, batch_size=64, verbose=0)
    print('RESULT conv_' + activation, model.evaluate(x, x, verbose=0))
model.summary()
latent_vector_model = tf.keras.Model(inputs=model.input, outputs=model.layers[3].output)
latent_vector = latent_vector_model.predict(x)
print(latent_vector.shape, latent_vector.dtype)

# Super resolution: patches of files, made small and large again.
list_ds = tf.data.Dataset.list_files(os.path.join(folder, '*.jpg'))


def get_image(path):
    image = tf.image.decode_jpeg(tf.io.read_file(path), channels=3)
    image = tf.image.convert_image_dtype(image, tf.float32)
    return image


def get_hr_and_lr(image_path):
    img = tf.io.read_file(image_path)
    img = tf.image.decode_jpeg(img, channels=3)
    img = tf.image.convert_image_dtype(img, tf.float32)
    hr = tf.image.random_crop(img, [24, 24, 3])
    lr = tf.image.resize(hr, [12, 12])
    lr = tf.image.resize(lr, [24, 24])
    return lr, hr


train_dataset = list_ds.map(get_hr_and_lr, num_parallel_calls=tf.data.experimental.AUTOTUNE)
train_dataset = train_dataset.repeat()
train_dataset = train_dataset.batch(4)
for lr, hr in train_dataset.take(1):
    print(lr.shape, hr.shape, lr.dtype)


def REDNet(num_layers):
    conv_layers = []
    deconv_layers = []
    residual_layers = []
    inputs = tf.keras.layers.Input(shape=(None, None, 3))
    conv_layers.append(tf.keras.layers.Conv2D(3, kernel_size=3, padding='same', activation='relu'))
    for i in range(num_layers - 1):
        conv_layers.append(tf.keras.layers.Conv2D(8, kernel_size=3, padding='same', activation='relu'))
        deconv_layers.append(tf.keras.layers.Conv2DTranspose(8, kernel_size=3, padding='same', activation='relu'))
    deconv_layers.append(tf.keras.layers.Conv2DTranspose(3, kernel_size=3, padding='same'))
    x = conv_layers[0](inputs)
    for i in range(num_layers - 1):
        x = conv_layers[i + 1](x)
        if i % 2 == 0:
            residual_layers.append(x)
    for i in range(num_layers - 1):
        if i % 2 == 1:
            x = tf.keras.layers.Add()([x, residual_layers.pop()])
            x = tf.keras.layers.Activation('relu')(x)
        x = deconv_layers[i](x)
    x = deconv_layers[-1](x)
    model = tf.keras.Model(inputs=inputs, outputs=x)
    return model


def psnr_metric(y_true, y_pred):
    return tf.image.psnr(y_true, y_pred, max_val=1.0)


rednet = REDNet(3)
rednet.summary()
rednet.compile(optimizer=tf.optimizers.Adam(0.001), loss='mse', metrics=[psnr_metric])
history = rednet.fit_generator(train_dataset, epochs=4, steps_per_epoch=6, validation_data=train_dataset,
                               validation_steps=3, verbose=2)
print(sorted(history.history))
print('RESULT psnr', history.history['psnr_metric'][-1])
img = tf.io.read_file(os.path.join(folder, '003.jpg'))
img = tf.image.decode_jpeg(img, channels=3)
hr = tf.image.convert_image_dtype(img, tf.float32)
lr = tf.image.resize(hr, [hr.shape[0] // 2, hr.shape[1] // 2])
lr = tf.image.resize(lr, [hr.shape[0], hr.shape[1]])
predict_hr = rednet.predict(np.expand_dims(lr, axis=0))
print(tf.image.psnr(np.squeeze(predict_hr, axis=0), hr, max_val=1.0).numpy() > 5, predict_hr.shape)
print(tf.image.psnr(lr, hr, max_val=1.0).shape)

# Segmentation: circles against the ground.
images = np.array([scene(i)[::2, ::2] for i in range(200)]) / 255.0
masks = (np.abs(images - images[:, :1, :1]).sum(axis=-1, keepdims=True) > 0.1).astype('float32')
train = tf.data.Dataset.from_tensor_slices((images.astype('float32'), masks))


def augment(image, mask):
    if tf.random.uniform(()) > 0.5:
        image = tf.image.flip_left_right(image)
        mask = tf.image.flip_left_right(mask)
    return image, mask


train = train.map(augment).shuffle(200).batch(20).repeat()


def unet():
    inputs = tf.keras.layers.Input(shape=(32, 32, 3))
    c1 = tf.keras.layers.Conv2D(8, 3, padding='same', activation='relu')(inputs)
    c1 = tf.keras.layers.BatchNormalization()(c1)
    p1 = tf.keras.layers.MaxPooling2D()(c1)
    c2 = tf.keras.layers.Conv2D(16, 3, padding='same', activation='relu')(p1)
    p2 = tf.keras.layers.MaxPooling2D((2, 2))(c2)
    c3 = tf.keras.layers.Conv2D(32, 3, padding='same', activation='relu')(p2)
    u2 = tf.keras.layers.Conv2DTranspose(16, 2, strides=2, padding='same')(c3)
    m2 = tf.keras.layers.Concatenate()([c2, u2])
    c4 = tf.keras.layers.Conv2D(16, 3, padding='same', activation='relu')(m2)
    u1 = tf.keras.layers.UpSampling2D()(c4)
    m1 = tf.keras.layers.concatenate([c1, u1], axis=-1)
    c5 = tf.keras.layers.Conv2D(8, 3, padding='same', activation='relu')(m1)
    outputs = tf.keras.layers.Conv2D(1, 1, activation='sigmoid')(c5)
    return tf.keras.Model(inputs=[inputs], outputs=[outputs], name='unet')


model = unet()
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.003), loss='binary_crossentropy', metrics=['accuracy'])
model.summary()
history = model.fit(train, epochs=5, steps_per_epoch=10, verbose=2)
print('RESULT mask', history.history['accuracy'][-1])
shutil.rmtree(folder)
